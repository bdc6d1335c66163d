package kwangmyong.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Good input turned bad: cut short, bits flipped, pieces repeated, taken out, spliced with others, and grown huge. The seed is in every
 * failure; {@code -Dkwm.fuzz.seed=N} plays it again, {@code -Dkwm.fuzz.rounds=N} plays longer.
 */
public final class SeededFuzz {
    /** Bytes past which no input grows. */
    public static final int MAX_BYTES = 1 << 18;

    private static final long MAX_SECONDS = 10;
    private static final int SHOWN_BYTES = 512;
    private static final byte[] EDGES = {
        0, 1, 0x7f, (byte) 0x80, (byte) 0xc0, (byte) 0xff, '\r', '\n', ' ', '"', '%', '.', ':', '='
    };

    private final List<byte[]> samples;
    private final int count;
    private final long seed;

    private SeededFuzz(List<byte[]> samples, int count, long seed) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("no sample to begin with");
        }
        this.samples = samples;
        this.count = count;
        this.seed = seed;
    }

    /**
     * Inputs made of {@code samples}, with a fresh seed unless one is given.
     *
     * @param count how many, unless {@code kwm.fuzz.rounds} says otherwise
     */
    public static SeededFuzz of(List<byte[]> samples, int count) {
        return new SeededFuzz(
                samples.stream().map(byte[]::clone).toList(),
                Integer.getInteger("kwm.fuzz.rounds", count),
                Long.getLong("kwm.fuzz.seed", System.nanoTime()));
    }

    /** As {@link #of(List, int)}, of texts in UTF-8. */
    public static SeededFuzz ofTexts(int count, String... samples) {
        return of(
                Stream.of(samples)
                        .map(sample -> sample.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                count);
    }

    /** What is tried with each input; whatever it throws is a failure. */
    @FunctionalInterface
    public interface Trial {
        void with(byte[] input) throws Exception;
    }

    /** What is tried with each input where it is text. */
    @FunctionalInterface
    public interface TextTrial {
        void with(String input) throws Exception;
    }

    /** Tries every input as text, in a character set that has one for every octet or replaces what is none. */
    public void tryAll(Charset charset, TextTrial trial) {
        tryAll(input -> trial.with(new String(input, charset)));
    }

    /** Tries every input; the first failure, or one that takes {@value #MAX_SECONDS} s, ends it, and says seed, turn and input. */
    public void tryAll(Trial trial) {
        System.out.println("kwm.fuzz.seed=" + seed + ", " + count + " inputs");
        var random = new Random(seed);
        for (int turn = 0; turn < count; turn++) {
            byte[] input = input(random);
            long begun = System.nanoTime();
            try {
                trial.with(input.clone());
                if (System.nanoTime() - begun > MAX_SECONDS * 1_000_000_000L) {
                    throw new AssertionError("it took more than " + MAX_SECONDS + " s");
                }
            } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError failure) {
                throw new AssertionError(
                        "seed " + seed + ", turn " + turn + ", " + input.length + " bytes: " + shown(input), failure);
            }
        }
    }

    private static String shown(byte[] input) {
        String hex = HexFormat.of().formatHex(input, 0, Math.min(input.length, SHOWN_BYTES));
        return input.length > SHOWN_BYTES ? hex + "…" : hex;
    }

    private byte[] input(Random random) {
        byte[] input = pick(random);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            input = change(input, random);
        }
        return input.length > MAX_BYTES ? Arrays.copyOf(input, MAX_BYTES) : input;
    }

    private byte[] pick(Random random) {
        return samples.get(random.nextInt(samples.size()));
    }

    private byte[] change(byte[] input, Random random) {
        int from = random.nextInt(input.length + 1);
        int to = from + random.nextInt(input.length - from + 1);
        return switch (random.nextInt(10)) {
            case 0 -> Arrays.copyOf(input, from);
            case 1 -> join(part(input, 0, from), part(input, to, input.length));
            case 2 -> join(part(input, 0, to), part(input, from, input.length));
            case 3 -> join(part(input, 0, from), part(pick(random), 0, Integer.MAX_VALUE));
            case 4 -> join(part(input, 0, from), noise(random), part(input, from, input.length));
            case 5 -> random.nextInt(20) == 0 ? grown(input, from, to, random) : flipped(input, random);
            case 6 -> edge(input, random);
            default -> flipped(input, random);
        };
    }

    private static byte[] flipped(byte[] input, Random random) {
        byte[] changed = input.clone();
        for (int i = 1 + random.nextInt(4); i > 0 && changed.length > 0; i--) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private static byte[] edge(byte[] input, Random random) {
        byte[] changed = input.clone();
        if (changed.length > 0) {
            changed[random.nextInt(changed.length)] = EDGES[random.nextInt(EDGES.length)];
        }
        return changed;
    }

    private static byte[] grown(byte[] input, int from, int to, Random random) {
        byte[] piece = to > from ? part(input, from, to) : new byte[] {EDGES[random.nextInt(EDGES.length)]};
        int most = 1 << (8 + random.nextInt(11)); // seldom the whole room, which takes long to fill and to read
        int times = Math.max(1, random.nextInt(Math.min(most, MAX_BYTES)) / piece.length);
        var grown = new ByteArrayOutputStream();
        grown.writeBytes(part(input, 0, from));
        for (int i = 0; i < times; i++) {
            grown.writeBytes(piece);
        }
        grown.writeBytes(part(input, from, input.length));
        return grown.toByteArray();
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[1 + random.nextInt(16)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] part(byte[] input, int from, int to) {
        return Arrays.copyOfRange(input, from, Math.min(to, input.length));
    }

    private static byte[] join(byte[]... parts) {
        var joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
