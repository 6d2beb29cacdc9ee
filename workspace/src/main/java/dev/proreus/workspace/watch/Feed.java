package dev.proreus.workspace.watch;

/** Where a subscription's events come from, position by position. Confined to the subscription's loop. */
interface Feed {
    /** There is no further position now. */
    long NOTHING = -1;

    /** The next position can no longer be given in whole. */
    long EVICTED = -2;

    /**
     * Appends the events of the next position to a message, and stays before it until {@link #advance()}.
     *
     * @return the position, or {@link #NOTHING} or {@link #EVICTED}, with which what was appended is void
     */
    long appendNext(Message message);

    /** Moves past the position that was appended last. */
    void advance();

    /** Makes a message of the next positions, until there is none or it is large enough; empty where there is none. */
    default Message nextMessage(Message.Shape shape) {
        Message message = new Message(shape);
        while (message.hasRoom()) {
            long position = appendNext(message);
            if (position < 0) {
                message.takeBack();
                break;
            }
            if (!message.end(position)) {
                break;
            }
            advance();
        }
        return message;
    }
}
