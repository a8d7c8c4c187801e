/// Recognises what bundlers and deployments put into names: content hashes, build ids, versions, time stamps.
enum BuildHash {
    private static let shortest = 8
    private static let longest = 64
    /// `-` and the eight base64url characters that Vite and Rollup append.
    static let assetSuffixBytes = 9

    static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"): return true
        default: return false
        }
    }

    /// A piece of a file's name, after the first: at least 8 hexadecimal digits, a decimal one among them (webpack,
    /// Parcel, Angular); 8 capitals and digits (esbuild); 8, or 20 and more, of capitals, small letters and digits
    /// mixed (Rollup).
    static func isHash(_ piece: ByteView) -> Bool {
        guard (shortest...longest).contains(piece.count) else { return false }
        let shape = Shape(piece)
        guard shape.isAlphanumeric else { return false }
        if shape.isHexadecimal { return shape.hasDigit }
        if piece.count == shortest, shape.hasUppercase, !shape.hasLowercase { return true }
        return shape.isMixed && (piece.count == shortest || piece.count >= 20)
    }

    /// The first piece of a file's name is a hash only when it is hexadecimal throughout: it may be all the name
    /// there is.
    static func isWholeName(_ piece: ByteView) -> Bool {
        guard (shortest...longest).contains(piece.count) else { return false }
        let shape = Shape(piece)
        return shape.isHexadecimal && shape.hasDigit
    }

    /// Whether the stem of a file in `assets` ends with a hash. Its characters may be any, so the place decides; a
    /// word of small letters alone is taken for a word.
    static func endsAssetName(_ stem: ByteView) -> Bool {
        guard stem.count > assetSuffixBytes, stem[stem.count - assetSuffixBytes] == UInt8(ascii: "-") else {
            return false
        }
        var looksRandom = false
        for index in (stem.count - assetSuffixBytes + 1)..<stem.count {
            let byte = stem[index]
            guard byte.isAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") else { return false }
            if byte.isDigit || byte.isUppercase { looksRandom = true }
        }
        return looksRandom
    }

    /// A hash, a UUID, a number of four digits or more, or a version such as `v1.2.3`.
    static func isVariableDirectory(_ name: ByteView) -> Bool {
        if isHash(name) || isWholeName(name) { return true }
        var digits = 0
        var dots = 0
        var hyphens = 0
        var others = 0
        for index in 0..<name.count {
            let byte = name[index]
            if byte.isDigit {
                digits += 1
            } else if byte == UInt8(ascii: ".") {
                dots += 1
            } else if byte == UInt8(ascii: "-") {
                hyphens += 1
            } else if !byte.isHexLetter, !(index == 0 && byte == UInt8(ascii: "v") && name[1].isDigit) {
                others += 1
            }
        }
        guard others == 0, digits > 0 else { return false }
        if name.count == 36, hyphens == 4 { return true }
        if digits == name.count { return digits >= 4 }
        let versionBytes = digits + dots + (name[0] == UInt8(ascii: "v") ? 1 : 0)
        return dots > 0 && versionBytes == name.count
    }

    private struct Shape {
        var hasDigit = false
        var hasUppercase = false
        var hasLowercase = false
        var isHexadecimal = true
        var isAlphanumeric = true

        var isMixed: Bool { hasDigit && hasUppercase && hasLowercase }

        init(_ piece: ByteView) {
            for index in 0..<piece.count {
                let byte = piece[index]
                if byte.isDigit { hasDigit = true }
                if byte.isUppercase { hasUppercase = true }
                if byte.isLowercase { hasLowercase = true }
                if !byte.isHexDigit { isHexadecimal = false }
                if !byte.isAlphanumeric { isAlphanumeric = false }
            }
        }
    }
}
