package dev.fetchline.intake;

/// The methods that a message may ask for: both are safe to repeat (RFC 9110 section 9.2.2).
public enum RequestMethod {
    GET,
    HEAD
}
