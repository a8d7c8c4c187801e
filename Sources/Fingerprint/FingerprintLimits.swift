/// How much of an error is read and hashed.
///
/// Limits on what is *read* keep the work bounded. Limits on what is *hashed* are counted after normalising, so that
/// a longer number in the text does not move the place where it is cut.
public enum FingerprintLimits {
    /// Of the project, the type, the message and each custom element, so many leading bytes are read.
    public static let partBytes = 8 * 1024
    /// Of the normalised message so many leading bytes are hashed.
    public static let normalisedMessageBytes = 4 * 1024
    /// Frames are taken while their normalised functions and files fit in this many bytes together.
    public static let normalisedStackBytes = 8 * 1024
    /// Of a stack trace so many lines are read, from the end where the error happened.
    public static let stackLines = 128
    /// Of each line of a stack trace so many leading bytes are read.
    public static let lineBytes = 1024
    /// Of a line in a format nobody recognises, so many bytes are read in front of the file and so many behind it.
    public static let unrecognisedTextBytes = 256
    /// So many frames are hashed, those nearest to the error.
    public static let frames = 32
    /// So many elements of the caller's `fingerprint` are used, the first ones.
    public static let customParts = 32
    /// So many directories and the name of a file are kept of its path, together.
    public static let pathComponents = 3
}
