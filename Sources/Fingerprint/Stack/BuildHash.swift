/// Recognises what bundlers and deployments put into names: content hashes, build ids, versions, time stamps.
enum BuildHash {
    private static let shortest = 8
    private static let longest = 64

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

    /// Places where the names that bundlers make end with a hash whose characters may be any, so the place decides.
    enum Place {
        case other
        /// `assets`: Vite puts its files there, as do others theirs. The hash stands behind a hyphen.
        case assets
        /// Nothing but the files of a bundler (Nuxt, SvelteKit, Astro): behind a hyphen or a dot, or all there is.
        case bundle
    }

    static func place(of parent: ByteView?, in grandparent: ByteView?) -> Place {
        guard let parent else { return .other }
        if parent.equals("_nuxt") || parent.equals("_astro") { return .bundle }
        let isImmutable = grandparent?.equals("immutable") ?? false
        if parent.equals("assets") { return isImmutable ? .bundle : .assets }
        guard isImmutable else { return .other }
        return parent.equals("chunks") || parent.equals("entry") || parent.equals("nodes") ? .bundle : .other
    }

    /// How much of a file's stem is left without the eight base64url characters that Rollup appends; nil when it has
    /// none. A word of small letters alone is taken for a word.
    static func steadyBytes(ofStem stem: ByteView, in place: Place) -> Int? {
        let start = stem.count - shortest
        switch place {
        case .other: return bunChunkBytes(stem)
        case .assets: guard start > 1, stem[start - 1] == UInt8(ascii: "-") else { return nil }
        case .bundle:
            let before = stem[start - 1]
            guard start == 0 || start > 1 && (before == UInt8(ascii: "-") || before == UInt8(ascii: ".")) else {
                return nil
            }
        }
        var looksRandom = false
        for index in start..<stem.count {
            let byte = stem[index]
            guard byte.isAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") else { return nil }
            if byte.isDigit || byte.isUppercase { looksRandom = true }
        }
        return looksRandom ? max(0, start - 1) : nil
    }

    /// Bun's `chunk-zjy5wtw6`: small letters and digits, maybe letters alone.
    private static func bunChunkBytes(_ stem: ByteView) -> Int? {
        guard stem.count == 14, stem.hasPrefix("chunk-") else { return nil }
        for index in 6..<14 where !stem[index].isLowercase && !stem[index].isDigit { return nil }
        return 5
    }

    /// Without a UUID, a version, a hash or a number of four digits or more at the end of a directory's name, and the
    /// shorter numbers around it: `shop-1.4.2`, `container_1700000000000_0001_01_000002`, `v1.2.3`.
    static func steadyBytes(ofDirectory name: ByteView) -> Int {
        // The number of a process, and Python's temporary directories.
        if name.hasPrefix("ipykernel_") { return 10 }
        if isTemporary(name) { return 3 }
        let uuid = name.count - 36
        if uuid == 0 || uuid > 0 && isJoint(name[uuid - 1]), isUUID(name.dropFirst(uuid)) { return uuid }
        var kept = name.count
        var varies = false
        var end = name.count
        while end > 0 {
            var start = end
            while start > 0, !isJoint(name[start - 1]) { start -= 1 }
            guard let pieceVaries = isVariable(name[start..<end]) else { break }
            if pieceVaries { varies = true }
            kept = start
            end = start - 1
        }
        return varies ? kept : name.count
    }

    private static func isJoint(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    /// Whether a piece of a directory's name shows that it varies; nil for a word, false for a number that tells nothing
    /// by itself.
    private static func isVariable(_ piece: ByteView) -> Bool? {
        var digits = 0
        var dots = 0
        for index in 0..<piece.count {
            if piece[index].isDigit { digits += 1 }
            if piece[index] == UInt8(ascii: ".") { dots += 1 }
        }
        guard digits > 0 else { return nil }
        if digits == piece.count { return digits >= 4 }
        let isMarked = piece[0] == UInt8(ascii: "v") && piece[1].isDigit
        if dots > 0, digits + dots + (isMarked ? 1 : 0) == piece.count { return true }
        guard (shortest...longest).contains(piece.count) else { return nil }
        let shape = Shape(piece)
        return shape.isHexadecimal || shape.isAlphanumeric && shape.isMixed && piece.count >= 20 ? true : nil
    }

    private static func isUUID(_ text: ByteView) -> Bool {
        for index in 0..<36 {
            let isHyphen = index == 8 || index == 13 || index == 18 || index == 23
            guard isHyphen ? text[index] == UInt8(ascii: "-") : text[index].isHexDigit else { return false }
        }
        return true
    }

    /// `tmpab12cd3f`, as `tempfile.mkdtemp` makes them.
    private static func isTemporary(_ name: ByteView) -> Bool {
        guard name.count == 11, name.hasPrefix("tmp") else { return false }
        for index in 3..<11 {
            let byte = name[index]
            guard byte.isLowercase || byte.isDigit || byte == UInt8(ascii: "_") else { return false }
        }
        return true
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
