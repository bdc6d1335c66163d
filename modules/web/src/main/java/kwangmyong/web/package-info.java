/** Pages and APIs over Vert.x: templates, languages and forms that are safe by default. It must not know what the pages are about, nor decide who may see them. */
@NullMarked
package kwangmyong.web;

import org.jspecify.annotations.NullMarked;
