extension UInt64 {
    /// The sum, or the largest value: what a store holds may be anything, and a figure that is wrong must not end the process.
    func addingSaturated(_ other: UInt64) -> UInt64 {
        let (sum, isTooLarge) = addingReportingOverflow(other)
        return isTooLarge ? .max : sum
    }
}
