/// How many rows of users are read to count the distinct ones in a stretch of days: all of them while they are few, else those whose
/// key lies under a bound.
///
/// Keys are digests: they spread evenly, and a user has the same key every day. So the users with keys under the bound are a random
/// share of all users, whole with all their days, and their number divided by the share is an estimate without bias.
public struct UserSample: Sendable, Equatable {
    /// Rows that are read at most, or near to it.
    public static let maxRows = 65_536

    /// The part of the keys that is read, 0 … 1; 1 when all are.
    public let fraction: Double
    /// The first 8 bytes, big-endian, of the first key that is not read; nil when all are.
    private let boundHigh: UInt64?

    /// - Parameter userDays: the rows there are: the sum of the users counted on each of the days.
    public init(userDays: UInt64) {
        self.init(userDays: userDays, maxRows: Self.maxRows)
    }

    /// - Parameter maxRows: at least 1.
    package init(userDays: UInt64, maxRows: Int) {
        let maxRows = UInt64(max(1, maxRows))
        guard userDays > maxRows else {
            self = .everybody
            return
        }
        // maxRows / userDays of the 2^64 first halves.
        let bound = userDays.dividingFullWidth((maxRows, 0)).quotient
        boundHigh = bound
        fraction = Double(bound) / 0x1p64
    }

    /// Reads all rows, however many they are.
    public static let everybody = UserSample()

    private init() {
        fraction = 1
        boundHigh = nil
    }

    /// Whether all rows are read.
    public var isEverybody: Bool { boundHigh == nil }

    /// Only rows with a key under this are read, 16 bytes; nil when all are.
    public var keyBound: [UInt8]? {
        guard let boundHigh else { return nil }
        return withUnsafeBytes(of: (boundHigh.bigEndian, UInt64(0))) { [UInt8]($0) }
    }

    /// What the distinct users among the rows read say about all.
    public func count(distinct: UInt64) -> UserCount {
        guard !isEverybody else { return UserCount(exactly: distinct) }
        let users = (Double(distinct) / fraction).rounded()
        let error = distinct == 0 ? 1 : ((1 - fraction) / Double(distinct)).squareRoot()
        return UserCount(users: users < 0x1p64 ? UInt64(users) : .max, standardError: error)
    }
}

/// A number of distinct users.
public struct UserCount: Sendable, Equatable {
    public var users: UInt64
    /// The relative standard error of the estimate: in two of three cases the truth is within this part of it. Nil when it is exact.
    public var standardError: Double?

    public init(users: UInt64, standardError: Double) {
        self.users = users
        self.standardError = standardError
    }

    public init(exactly users: UInt64) {
        self.users = users
        self.standardError = nil
    }
}
