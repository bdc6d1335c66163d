package kwangmyong.lab.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** The {@code kwm} command's end of the control socket. */
public final class ControlClient {
    private final Path runFolder;

    public ControlClient(Path runFolder) {
        this.runFolder = runFolder;
    }

    /**
     * Has the running lab run a command, and copies what it prints as it comes.
     *
     * @return its exit status; empty when no lab answers there
     */
    public OptionalInt run(List<String> arguments, Interpreter.Screen screen, PrintStream out, PrintStream err) {
        var address = ControlSocket.address(runFolder);
        if (!Files.exists(address.getPath())) {
            return OptionalInt.empty();
        }
        try (SocketChannel channel = SocketChannel.open(address);
                Writer writer = Channels.newWriter(channel, StandardCharsets.UTF_8);
                var reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            writer.write(new Frame.Request(arguments, screen).encode() + "\n");
            writer.flush();
            return copy(reader, out, err);
        } catch (IOException noAnswer) {
            return OptionalInt.empty();
        }
    }

    private static OptionalInt copy(BufferedReader reader, PrintStream out, PrintStream err) throws IOException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            Frame frame = Frame.decode(line);
            if (frame instanceof Frame.Output output) {
                PrintStream stream = output.isError() ? err : out;
                stream.print(output.text());
                stream.flush();
            } else if (frame instanceof Frame.Exit exit) {
                return OptionalInt.of(exit.status());
            }
        }
        return OptionalInt.empty();
    }
}
