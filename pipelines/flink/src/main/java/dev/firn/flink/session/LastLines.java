package dev.firn.flink.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Reads the end of a text, in lines of UTF-8.
 *
 * @param most how many lines are kept
 * @param silence how long no line may come
 */
record LastLines(int most, Duration silence) {

    /** @throws IOException if it breaks off or stalls */
    List<String> of(InputStream text) throws IOException {
        ArrayDeque<String> last = new ArrayDeque<>();
        Timer timer = new Timer("firn-log", true);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
            while (true) {
                TimerTask stalled = closing(text);
                timer.schedule(stalled, silence.toMillis());
                String line = lines.readLine();
                stalled.cancel();
                if (line == null) {
                    return List.copyOf(last);
                }
                last.add(line);
                if (last.size() > most) {
                    last.remove();
                }
            }
        } finally {
            timer.cancel();
        }
    }

    /** A read that waits ends with an exception where somebody else closes what it reads from. */
    private static TimerTask closing(InputStream text) {
        return new TimerTask() {
            @Override
            public void run() {
                try {
                    text.close();
                } catch (IOException closed) {
                    // That is what was wanted.
                }
            }
        };
    }
}
