package dev.firn.spi.notation;

import java.util.ArrayList;
import java.util.List;

/** What a walk over a schema finds that can't be kept, or can't be written at all, in the order of the walk. */
public final class Losses {

    private final String notation;
    private final List<Loss> losses = new ArrayList<>();
    private final List<Misfit> misfits = new ArrayList<>();

    /** @param notation as sentences name it */
    public Losses(String notation) {
        this.notation = notation;
    }

    /** As sentences name it. */
    public String notation() {
        return notation;
    }

    /** @param what such as {@code the default 0} */
    public void lose(String path, String what) {
        losses.add(new Loss(Loss.Kind.LOST, path, what + " is lost: " + notation + " has no place for it"));
    }

    /** @param what such as {@code the symbols NEW, OLD} */
    public void loseAs(String path, String what, String written) {
        losses.add(new Loss(Loss.Kind.LOST, path, what + " is lost: " + notation + " has it as " + written));
    }

    /** Nothing is lost, but it looks different. */
    public void change(String path, String sentence) {
        losses.add(new Loss(Loss.Kind.CHANGED, path, sentence));
    }

    /** It can't be written at all. */
    public void refuse(String path, String why, String wayOut) {
        misfits.add(new Misfit(path, why, wayOut));
    }

    public List<Loss> all() {
        return List.copyOf(losses);
    }

    /** Ends a walk that came upon what can't be written. */
    public void requireNoMisfits() throws NotExpressible {
        if (!misfits.isEmpty()) {
            throw new NotExpressible(misfits);
        }
    }
}
