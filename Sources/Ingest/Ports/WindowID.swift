/// The name of one counting window: `<incarnation>:<sequence>:<opened>`.
///
/// The name is given *before* the window's first increment and never changes, so a window that comes back after the
/// fast store was rolled back still carries the name under which it may already have been applied.
/// - `incarnation`: random, made anew by every recovery, so that two histories of the fast store never share a name.
/// - `sequence`: counts up within an incarnation.
/// - `opened`: the fast store's clock when the window was opened, Unix milliseconds.
public struct WindowID: Sendable, Hashable, CustomStringConvertible {
    /// At most this many bytes; equals the width of `sync_ledger.window_id`.
    public static let maxByteCount = 96

    /// The whole name, ASCII.
    public let text: String
    /// When the window was opened, Unix milliseconds by the fast store's clock.
    public let openedMilliseconds: Int64

    /// Returns nil unless `text` has the three parts and only the characters `0-9 a-z - :`.
    public init?(text: String) {
        guard text.utf8.count <= Self.maxByteCount else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty else { return nil }
        // Int64 and UInt64 would take a sign too: one window must not have two spellings.
        guard parts[1...].allSatisfy({ $0.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }),
            let opened = Int64(Substring(parts[2])), UInt64(Substring(parts[1])) != nil
        else { return nil }
        let isNameByte: (UInt8) -> Bool = {
            ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x7A) || $0 == UInt8(ascii: "-")
        }
        guard parts[0].allSatisfy(isNameByte) else { return nil }
        self.text = text
        self.openedMilliseconds = opened
    }

    public var description: String { text }
}
