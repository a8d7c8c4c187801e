/// The keys seen so far in the objects of one document, so that a duplicate is found in constant time however many keys a
/// hostile object has. One open-addressed table for all objects; forgetting a document costs nothing.
///
/// Not Sendable: it belongs to the decoder of one event loop and is reused from document to document.
final class JSONKeyTable {
    private struct Entry {
        /// The object's number; entries of numbers under `firstObject` are left over from earlier documents.
        var object: UInt32 = 0
        var hash: UInt32 = 0
        /// Where the key's text is: in the document, or in `unescaped` when `isUnescaped`.
        var start: UInt32 = 0
        var count: UInt32 = 0
        var isUnescaped = false
    }

    private static let initialCapacity = 64
    /// Tables grown larger than this by one document are given back.
    private static let keptCapacity = 8192

    private var entries = [Entry](repeating: Entry(), count: initialCapacity)
    private var used = 0
    private var firstObject: UInt32 = 1
    private var nextObject: UInt32 = 1
    /// The texts of keys that were written with escapes.
    private var unescaped: [UInt8] = []
    /// Objects and arrays that are open, outermost first; 0 stands for an array.
    var open: [UInt32] = []
    /// Makes hashes unpredictable to a client that would like all its keys to collide.
    private let seed = UInt64.random(in: .min ... .max) | 1

    init() {}

    /// Forgets everything: a new document begins.
    func beginDocument() {
        if entries.count > Self.keptCapacity {
            entries = [Entry](repeating: Entry(), count: Self.initialCapacity)
        }
        if unescaped.capacity > Self.keptCapacity { unescaped = [] }
        if open.capacity > Self.keptCapacity { open = [] }
        if nextObject > UInt32.max / 2 {
            for index in entries.indices { entries[index].object = 0 }
            nextObject = 1
        }
        used = 0
        firstObject = nextObject
        unescaped.removeAll(keepingCapacity: true)
        open.removeAll(keepingCapacity: true)
    }

    /// A number for an object that begins.
    func beginObject() -> UInt32 {
        defer { nextObject += 1 }
        return nextObject
    }

    /// Notes a key of an object. Returns false when the object has it already.
    func insert(_ key: JSONString, of object: UInt32, in document: UnsafeRawBufferPointer) -> Bool {
        if (used + 1) * 4 > entries.count * 3 { grow() }
        var entry = locate(key, of: object, in: document)
        let slot = slot(of: entry, in: document)
        guard entries[slot].object < firstObject else {
            if entry.isUnescaped { unescaped.removeLast(Int(entry.count)) }
            return false
        }
        entry.object = object
        entries[slot] = entry
        used += 1
        return true
    }

    /// Whether an object of this document has a key of the same text.
    func contains(_ key: JSONString, of object: UInt32, in document: UnsafeRawBufferPointer) -> Bool {
        let entry = locate(key, of: object, in: document)
        defer { if entry.isUnescaped { unescaped.removeLast(Int(entry.count)) } }
        return entries[slot(of: entry, in: document)].object >= firstObject
    }

    /// The slot that holds the key, or the free one where it belongs.
    private func slot(of entry: Entry, in document: UnsafeRawBufferPointer) -> Int {
        let mask = entries.count - 1
        var slot = Int(entry.hash) & mask
        // Ends: the table is never full.
        while entries[slot].object >= firstObject {
            let other = entries[slot]
            if other.hash == entry.hash, other.object == entry.object, isEqual(other, entry, in: document) { break }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private func locate(_ key: JSONString, of object: UInt32, in document: UnsafeRawBufferPointer) -> Entry {
        var entry = Entry(object: object, start: UInt32(key.start), count: UInt32(key.count))
        if key.traits.contains(.escapes) {
            entry.start = UInt32(unescaped.count)
            JSONText.appendDecoded(key, from: document, to: &unescaped, keepsControls: true)
            entry.count = UInt32(unescaped.count) - entry.start
            entry.isUnescaped = true
        }
        entry.hash = withText(of: entry, in: document) { hash($0, object) }
        return entry
    }

    private func isEqual(_ one: Entry, _ other: Entry, in document: UnsafeRawBufferPointer) -> Bool {
        guard one.count == other.count else { return false }
        return withText(of: one, in: document) { left in
            withText(of: other, in: document) { right in left.elementsEqual(right) }
        }
    }

    private func withText<R>(
        of entry: Entry, in document: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> R
    ) -> R {
        let range = Int(entry.start)..<Int(entry.start + entry.count)
        guard entry.isUnescaped else { return body(UnsafeRawBufferPointer(rebasing: document[range])) }
        return unescaped.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    /// Multiplies and folds eight bytes at a time.
    private func hash(_ text: UnsafeRawBufferPointer, _ object: UInt32) -> UInt32 {
        var state = seed ^ (UInt64(object) << 32 | UInt64(truncatingIfNeeded: text.count))
        var offset = 0
        while offset < text.count {
            var word: UInt64 = 0
            if offset + 8 <= text.count {
                word = text.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            } else {
                for index in offset..<text.count { word = word << 8 | UInt64(text[index]) }
            }
            let product = (state ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15 ^ seed << 1)
            state = product.high ^ product.low &+ seed
            offset += 8
        }
        let last = (state ^ seed).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return UInt32(truncatingIfNeeded: last.high ^ last.low)
    }

    private func grow() {
        let old = entries
        entries = [Entry](repeating: Entry(), count: old.count * 2)
        let mask = entries.count - 1
        for entry in old where entry.object >= firstObject {
            var slot = Int(entry.hash) & mask
            while entries[slot].object >= firstObject { slot = (slot + 1) & mask }
            entries[slot] = entry
        }
    }
}
