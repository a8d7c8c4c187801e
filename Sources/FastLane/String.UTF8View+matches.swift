extension String.UTF8View {
    /// Whether these bytes are `lowercase`, letters compared without regard to case. `lowercase` holds only lower-case
    /// ASCII letters, digits and `-`.
    func matches(_ lowercase: StaticString) -> Bool {
        guard self.count == lowercase.utf8CodeUnitCount else { return false }
        var expected = lowercase.utf8Start
        for byte in self {
            let folded = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
            guard folded == expected.pointee else { return false }
            expected += 1
        }
        return true
    }
}
