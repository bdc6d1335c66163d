/** What tests share: conversations, a fake clock, the naive evaluator, leak checks and seeded fuzzing. It must not know any feature, and nothing outside tests may depend on it. */
@NullMarked
package kwangmyong.testkit;

import org.jspecify.annotations.NullMarked;
