package dev.firn.cli;

/** What is said where somebody ends this process in the middle: a pipeline that is stopped by then is started by nobody. */
final class LastWord implements AutoCloseable {

    private final Screen screen;
    private final Thread hook = new Thread(this::speak, "last-word");
    private volatile String word = "";

    LastWord(Screen screen) {
        this.screen = screen;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** From now on. */
    void say(String instead) {
        word = instead;
    }

    private void speak() {
        screen.progress("firn: interrupted: " + word);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException underWay) {
            // Then it speaks.
        }
    }
}
