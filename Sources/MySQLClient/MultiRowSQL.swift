/// A statement over many rows in a few fixed sizes, so that each size is prepared once per connection.
///
/// The template holds the part to repeat in braces: `INSERT INTO t (a, b) VALUES {(?, ?)} ON DUPLICATE KEY UPDATE …`.
public struct MultiRowSQL: Sendable, Hashable {
    /// Largest first. Any number of rows is a sum of these.
    public static let sizes = [500, 128, 16, 1]

    private let texts: [String]

    /// - Throws: `misuse` unless the template has exactly one pair of braces.
    public init(template: String) throws(MySQLError) {
        let opening = template.split(separator: "{", omittingEmptySubsequences: false)
        guard opening.count == 2 else { throw Self.badTemplate }
        let closing = opening[1].split(separator: "}", omittingEmptySubsequences: false)
        guard closing.count == 2, !closing[0].isEmpty else { throw Self.badTemplate }
        texts = Self.sizes.map { size in
            opening[0] + Array(repeating: String(closing[0]), count: size).joined(separator: ",") + closing[1]
        }
    }

    /// The statement for `rows` rows, which must be one of `sizes`.
    public func text(rows: Int) -> String {
        guard let index = Self.sizes.firstIndex(of: rows) else {
            preconditionFailure("\(rows) is not one of the fixed numbers of rows")
        }
        return texts[index]
    }

    /// Splits a range of rows into ranges of the fixed sizes, largest first.
    public static func split(_ range: Range<Int>) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        for size in sizes {
            while range.upperBound - start >= size {
                parts.append(start..<start + size)
                start += size
            }
        }
        return parts
    }

    /// Splits a range of rows into fewer parts: each is worth a statement of `size` rows, the last of which may have to be filled up by
    /// the caller, with rows that change nothing. Never more than as many again.
    public static func fill(_ range: Range<Int>) -> [(rows: Range<Int>, size: Int)] {
        var parts: [(rows: Range<Int>, size: Int)] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let left = range.upperBound - start
            // The smallest that holds all that is left, unless most of it would be filling.
            let size = sizes.last { $0 >= left && $0 <= 2 * left } ?? sizes.first { $0 <= left } ?? 1
            parts.append((start..<min(start + size, range.upperBound), size))
            start += size
        }
        return parts
    }

    /// Splits items into fewer parts of the fixed sizes, by `fill`, for statements in which an item may be named twice: the last one stands
    /// in where others are missing.
    public static func filled<Item>(_ items: [Item]) -> [[Item]] {
        fill(0..<items.count).map { rows, size in
            items[rows] + Array(repeating: items[rows.upperBound - 1], count: size - rows.count)
        }
    }

    private static let badTemplate = MySQLError(
        code: .misuse,
        message: "a template for several rows needs exactly one pair of braces around one row"
    )
}
