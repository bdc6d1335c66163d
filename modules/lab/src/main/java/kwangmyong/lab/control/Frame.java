package kwangmyong.lab.control;

import java.util.List;
import kwangmyong.lab.control.Interpreter.Screen;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One line of the conversation on the control socket, as JSON. The client sends one {@link Request}; the server sends any number of {@link Output}
 * and one {@link Exit}.
 */
sealed interface Frame {
    /** Most characters in a line, either way. */
    int MAX_LENGTH = 1 << 20;

    JsonFactory JSON = new JsonFactory();

    String encode();

    record Request(List<String> arguments, Screen screen) implements Frame {
        public Request {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String encode() {
            var text = new java.io.StringWriter();
            try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
                json.writeStartObject();
                json.writeBooleanProperty("terminal", screen.isTerminal());
                json.writeNumberProperty("columns", screen.columns());
                json.writeBooleanProperty("colours", screen.colours());
                json.writeArrayPropertyStart("arguments");
                arguments.forEach(json::writeString);
                json.writeEndArray();
                json.writeEndObject();
            }
            return text.toString();
        }
    }

    record Output(boolean isError, String text) implements Frame {
        @Override
        public String encode() {
            var line = new java.io.StringWriter();
            try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
                json.writeStartObject();
                json.writeStringProperty(isError ? "err" : "out", text);
                json.writeEndObject();
            }
            return line.toString();
        }
    }

    record Exit(int status) implements Frame {
        @Override
        public String encode() {
            return "{\"exit\":" + status + "}";
        }
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException when it is not a frame
     */
    static Frame decode(String line) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
            return decode(json);
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("not a control frame", malformed);
        }
    }

    private static Frame decode(JsonParser json) {
        boolean terminal = false;
        boolean colours = false;
        int columns = Screen.PIPE.columns();
        var arguments = new java.util.ArrayList<String>();
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("not a control frame");
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            json.nextToken();
            switch (key) {
                case "out", "err" -> {
                    return new Output(key.equals("err"), json.getString());
                }
                case "exit" -> {
                    return new Exit(json.getIntValue());
                }
                case "terminal" -> terminal = json.getBooleanValue();
                case "colours" -> colours = json.getBooleanValue();
                case "columns" -> columns = json.getIntValue();
                case "arguments" -> addStrings(json, arguments);
                default -> json.skipChildren();
            }
        }
        return new Request(arguments, new Screen(terminal, columns, colours));
    }

    private static void addStrings(JsonParser json, List<String> strings) {
        boolean isArray = json.currentToken() == JsonToken.START_ARRAY;
        while (isArray && json.nextToken() == JsonToken.VALUE_STRING) {
            strings.add(json.getString());
        }
        if (json.currentToken() != JsonToken.END_ARRAY) {
            throw new IllegalArgumentException("not a control frame");
        }
    }
}
