/// How much work one page of a list may be. Measured in docs/decisions/008-lists.md.
package struct PageLimits: Sendable {
    /// Entries of an index that are passed over in one step; their sum is the most for a page.
    package var steps = [1_500, 3_000, 4_500]
    /// The same where rows have to be read beside the index.
    package var costlySteps = [500, 1_000, 1_500]
    /// An index with at most this many rows of the list is sorted.
    package var fewEntries = 5_000
    /// The same where the row of each entry has to be read.
    package var fewRows = 300
    /// A word in at most this many errors is rare.
    package var fewErrors = 2_000
    /// Rows that are read to compare them and do not match.
    package var maxRejected = 200

    package init() {}
}
