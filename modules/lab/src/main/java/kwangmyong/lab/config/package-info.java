/**
 * Reads {@code lab.yaml} into a {@link kwangmyong.lab.config.LabDeclaration}: the kernel's policy and what each service needs to know.
 * It starts nothing and knows no service.
 */
@NullMarked
package kwangmyong.lab.config;

import org.jspecify.annotations.NullMarked;
