package dev.proreus.workspace.select;

/** What a requirement asks of a value. {@code =} and {@code ==} are {@link #IN} with one value, {@code !=} NOT_IN. */
public enum Operator {
    /** There is a value, and it is one of those given. */
    IN,
    /** There is no value, or it is none of those given. */
    NOT_IN,
    /** There is a value. */
    EXISTS,
    /** There is no value. */
    NOT_EXISTS
}
