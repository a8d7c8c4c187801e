import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Reports a Java program's errors to ErrorIngest. Java 11 or later, no dependencies.
 *
 * <pre>
 * ErrorIngestHandler.install("https://errors.example.com", null, Map.of("service", "shop", "release", "1.2.3"));
 * Logger.getLogger("shop").log(Level.SEVERE, "could not pay", exception);
 * </pre>
 *
 * {@code install} adds the handler to the root logger and reports uncaught exceptions of all threads, which then end their
 * thread as they would have.
 */
public final class ErrorIngestHandler extends Handler {
    private static final int MAX_QUEUE = 1000; // reports held; more are dropped, see dropped()
    private static final Duration SEND_LIMIT = Duration.ofSeconds(10); // of one attempt

    /** How long a finished program may still send, milliseconds. */
    public volatile long lastWordsMs = 3000;

    private final HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(SEND_LIMIT)
            .followRedirects(HttpClient.Redirect.NEVER).build();
    private final URI target;
    private final String token;
    private final Map<String, String> common;
    private final SimpleFormatter formatter = new SimpleFormatter();
    private final ArrayDeque<String> queue = new ArrayDeque<>(); // guarded by itself, as all below
    private Thread thread;
    private boolean hurry;
    private long dropped;

    /**
     * @param token the service's INGEST_TOKEN, or null
     * @param common any of service, environment, release, project
     */
    public ErrorIngestHandler(String url, String token, Map<String, String> common) {
        this.target = URI.create(url.replaceAll("/+$", "") + "/errors/log");
        this.token = token;
        this.common = Map.copyOf(common);
        setLevel(Level.SEVERE);
    }

    public static ErrorIngestHandler install(String url, String token, Map<String, String> common) {
        ErrorIngestHandler handler = new ErrorIngestHandler(url, token, common);
        Logger.getLogger("").addHandler(handler);
        Thread.UncaughtExceptionHandler previous = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thrower, error) -> {
            LogRecord entry = new LogRecord(Level.SEVERE, "uncaught exception in thread " + thrower.getName());
            entry.setLoggerName("uncaught");
            entry.setThrown(error);
            handler.publish(entry, "fatal");
            if (previous != null) {
                previous.uncaughtException(thrower, error);
            } else {
                System.err.print("Exception in thread \"" + thrower.getName() + "\" ");
                error.printStackTrace();
            }
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> handler.flushWithin(handler.lastWordsMs)));
        return handler;
    }

    /** Queues the report of a log record. Never throws, never waits for the network. */
    @Override
    public void publish(LogRecord entry) {
        if (isLoggable(entry)) publish(entry, level(entry.getLevel()));
    }

    private void publish(LogRecord entry, String level) {
        try {
            String name = entry.getLoggerName() == null ? "" : entry.getLoggerName();
            if (name.startsWith("jdk.") || name.startsWith("java.net.http")) return; // our own sending
            String json = json(entry, name, level);
            synchronized (queue) {
                if (queue.size() >= MAX_QUEUE) {
                    dropped++;
                    return;
                }
                queue.add(json);
                if (thread == null) {
                    thread = new Thread(this::run, "error-ingest");
                    thread.setDaemon(true);
                    thread.start();
                }
                queue.notifyAll();
            }
        } catch (RuntimeException | Error error) { // a reporter must not make errors of its own
            synchronized (queue) { dropped++; }
        }
    }

    /** Reports that were not and will not be delivered. */
    public long dropped() {
        synchronized (queue) { return dropped; }
    }

    /** Waits until everything is sent, at most {@code limitMs}; true if it is. */
    public boolean flushWithin(long limitMs) {
        long deadline = System.nanoTime() + limitMs * 1_000_000;
        synchronized (queue) {
            hurry = true; // one attempt at once, whatever wait is under way
            queue.notifyAll();
            try {
                for (long left = limitMs; !queue.isEmpty() && left > 0; left = (deadline - System.nanoTime()) / 1_000_000) {
                    queue.wait(left);
                }
            } catch (InterruptedException error) {
                Thread.currentThread().interrupt();
            }
            return queue.isEmpty();
        }
    }

    @Override
    public void flush() {} // publish must not wait; see flushWithin

    @Override
    public void close() {
        flushWithin(lastWordsMs);
    }

    private void run() {
        int failures = 0;
        try {
            while (true) {
                String json;
                synchronized (queue) {
                    while (queue.isEmpty()) queue.wait();
                    json = queue.peek();
                }
                long retryAfterMs = send(json); // below 0: done with
                synchronized (queue) {
                    if (retryAfterMs < 0) {
                        failures = 0;
                        queue.remove();
                        queue.notifyAll();
                        continue;
                    }
                    failures++;
                    double jitter = ThreadLocalRandom.current().nextDouble();
                    long delay = retryAfterMs + (long) (jitter * Math.min(60_000, 250L << Math.min(failures, 20)));
                    long until = System.nanoTime() + delay * 1_000_000;
                    for (long left = delay; left > 0 && !hurry; left = (until - System.nanoTime()) / 1_000_000) queue.wait(left);
                    hurry = false;
                }
            }
        } catch (InterruptedException error) {
            synchronized (queue) { thread = null; } // the next report starts another
        }
    }

    /** One attempt. Below 0 when the report is done with, else what Retry-After asks for, in milliseconds. */
    private long send(String json) throws InterruptedException {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(target).timeout(SEND_LIMIT)
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json));
            if (token != null) request.header("Authorization", "Bearer " + token);
            HttpResponse<Void> response = client.send(request.build(), HttpResponse.BodyHandlers.discarding());
            if (response.statusCode() == 200) return -1;
            if (Set.of(400, 413, 422).contains(response.statusCode())) { // for what it holds: again will not help
                synchronized (queue) { dropped++; }
                return -1;
            }
            String seconds = response.headers().firstValue("Retry-After").orElse("0");
            return seconds.matches("\\d{1,6}") ? Math.min(Long.parseLong(seconds), 300) * 1000 : 0;
        } catch (java.io.IOException | RuntimeException error) {
            return 0; // no answer: nobody knows whether it was taken, and the event id makes it safe to send again
        }
    }

    private String json(LogRecord entry, String logger, String level) {
        StringBuilder json = new StringBuilder("{");
        String message = formatter.formatMessage(entry);
        Throwable error = entry.getThrown();
        String thread = Thread.currentThread().getName();
        String context = "\"logger\":" + quoted(logger, 255) + ",\"thread\":" + quoted(thread, 255);
        if (error != null) {
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace)); // with its causes
            json.append("\"type\":").append(quoted(error.getClass().getName(), 255));
            json.append(",\"stackTrace\":").append(quoted(trace.toString(), 64_000)).append(',');
            if (message != null) context += ",\"log\":" + quoted(message, 2000);
            if (error.getMessage() != null) message = error.getMessage();
        }
        String shown = message == null || message.isEmpty() ? "(no message)" : message;
        json.append("\"message\":").append(quoted(shown, 8000));
        for (String field : new String[] {"service", "environment", "release", "project"}) {
            String value = common.get(field);
            if (value != null) json.append(",\"").append(field).append("\":").append(quoted(value, 255));
        }
        json.append(",\"level\":\"").append(level).append("\",\"timestamp\":").append(entry.getMillis());
        // The same id in every attempt: the service counts it once.
        json.append(",\"eventId\":\"").append(UUID.randomUUID()).append("\",\"context\":{").append(context).append("}}");
        return json.toString();
    }

    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) return "error";
        if (level.intValue() >= Level.WARNING.intValue()) return "warning";
        return level.intValue() >= Level.CONFIG.intValue() ? "info" : "debug";
    }

    private static String quoted(String text, int maxLength) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), maxLength); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') json.append('\\').append(c);
            else if (c < 0x20 || Character.isSurrogate(c)) json.append(String.format("\\u%04x", (int) c));
            else json.append(c);
        }
        return json.append('"').toString();
    }
}
