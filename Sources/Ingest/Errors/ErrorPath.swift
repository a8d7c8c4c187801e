public import Fingerprint

/// The error path up to the fast store: bytes of a request in, what to admit out.
///
/// Make one for each event loop and use it only there: it owns scratch memory and a `Fingerprinter`, and is not Sendable for that
/// reason. Nothing here blocks or does I/O. The time is linear in the size of the body.
public final class ErrorPath: ItemPath {
    /// Separates event ids of errors from those of the event path.
    private static let eventIDDomain: StaticString = "errors"

    static let batchRules = BatchRules(
        maxItems: ErrorLimits.batchItems,
        tooMany: .tooManyItems,
        empty: .emptyBatch,
        takesOneObject: false
    )

    let fingerprinter: Fingerprinter
    let grouping: Grouping
    var decoder: ErrorReportDecoder
    private var fingerprints = FingerprintMemo()
    private var eventIDs = EventIDGenerator()
    /// Groups and identified items of the batch at hand.
    private var groupIndices: [Fingerprint: Int] = [:]
    private var identifiedIndices: [Digest16: Int] = [:]

    /// - Parameter scrubber: hides secrets before anything is made of a report; nil keeps them.
    /// - Throws: libcrypto cannot provide SHA-256.
    public init(grouping: Grouping, scrubber: Scrubber? = .standard) throws(FingerprintError) {
        self.fingerprinter = try Fingerprinter()
        self.grouping = grouping
        self.decoder = ErrorReportDecoder(scrubber: scrubber)
    }

    /// Reads one report.
    /// - Parameters:
    ///   - body: valid during the call; nothing of it is kept.
    ///   - milliseconds: the time of receipt, Unix.
    ///   - isKnown: whether the caller believes that the open window has seen the fingerprint. Its record, most of the work of an
    ///     admission, is then left out; a caller that was wrong is told so by the store, and asks again without.
    public func admission(
        forSingle body: UnsafeRawBufferPointer,
        receivedAt milliseconds: Int64,
        isKnown: (Fingerprint) -> Bool = { _ in false }
    ) throws(RequestRejection) -> ErrorAdmission {
        try decodeOnly(body, receivedAt: milliseconds)
        var admission = ErrorAdmission()
        add(to: &admission, isAlone: true, isKnown: isKnown)
        return admission
    }

    /// Reads a JSON array of reports, or reports in lines, at most `ErrorLimits.batchItems`.
    public func admission(
        forBatch body: UnsafeRawBufferPointer,
        receivedAt milliseconds: Int64
    ) throws(RequestRejection) -> ErrorAdmission {
        groupIndices.removeAll(keepingCapacity: true)
        identifiedIndices.removeAll(keepingCapacity: true)
        var admission = ErrorAdmission()
        try addBatch(body, receivedAt: milliseconds, to: &admission)
        return admission
    }

    func add(_ rejection: RequestRejection?, to admission: inout ErrorAdmission) {
        if let rejection {
            admission.items.append(ErrorAdmission.Item(place: .rejected(rejection), eventID: []))
        } else {
            add(to: &admission, isAlone: false)
        }
    }

    // MARK: - One report

    /// Adds the report decoded last.
    private func add(
        to admission: inout ErrorAdmission,
        isAlone: Bool,
        isKnown: (Fingerprint) -> Bool = { _ in false }
    ) {
        let eventHash = eventHash()
        if let eventHash {
            if decoder.report.scrubbed.contains(ErrorFieldSet(.eventId)) { hideEventID(eventHash) }
        } else {
            makeEventID()
        }
        let place: ErrorAdmission.Place
        if let eventHash, let earlier = isAlone ? nil : identifiedIndices[eventHash] {
            place = .repeated(earlier)
        } else {
            let group = groupIndex(in: &admission, isAlone: isAlone, isKnown: isKnown)
            let tally = decoder.report.tally
            if let eventHash {
                place = .identified(admission.identified.count)
                identifiedIndices[eventHash] = isAlone ? nil : admission.identified.count
                admission.identified.append(
                    ErrorAdmission.Identified(eventHash: eventHash, groupIndex: group, tally: tally)
                )
            } else {
                place = .group(group)
                admission.groups[group].tally.merge(tally)
            }
        }
        let report = decoder.report
        admission.items.append(
            ErrorAdmission.Item(
                place: place,
                eventID: report.texts[.eventId].map(Array.init) ?? [],
                truncated: report.truncated,
                repaired: report.repaired,
                adjusted: report.adjusted,
                scrubbed: report.scrubbed
            )
        )
    }

    /// The identity of the client's event id within its project; nil when the report has none.
    private func eventHash() -> Digest16? {
        let texts = decoder.report.texts
        let id = texts.extent(of: .eventId)
        guard id.isPresent else { return nil }
        return texts.bytes.withUnsafeBytes { bytes in
            fingerprinter.digest16(
                domain: Self.eventIDDomain,
                Self.view(of: texts.extent(of: .project), in: bytes),
                UnsafeRawBufferPointer(rebasing: bytes[id.range])
            )
        }
    }

    private func makeEventID() {
        let start = decoder.report.texts.bytes.count
        eventIDs.appendNext(
            atMilliseconds: decoder.report.receivedMilliseconds,
            to: &decoder.report.texts.bytes
        )
        decoder.report.texts.setExtent(ErrorTexts.Extent(start..<start + EventIDGenerator.byteCount), of: .eventId)
    }

    /// Puts a digest in the place of an event id that holds a secret. Reports with the same id still have the same.
    private func hideEventID(_ hash: Digest16) {
        let start = decoder.report.texts.bytes.count
        decoder.report.texts.bytes.append("scrubbed-")
        hash.withUnsafeBytes { for byte in $0 { decoder.report.texts.bytes.appendHex(byte) } }
        let end = decoder.report.texts.bytes.count
        decoder.report.texts.setExtent(ErrorTexts.Extent(start..<end), of: .eventId)
    }

    /// The group of the report decoded last; made when it is the first of its kind.
    private func groupIndex(
        in admission: inout ErrorAdmission,
        isAlone: Bool,
        isKnown: (Fingerprint) -> Bool
    ) -> Int {
        withFingerprintInput { input in
            fingerprints.withFingerprint(of: input, by: fingerprinter, grouping: grouping) { fingerprint, parts in
                if !isAlone {
                    if let known = groupIndices[fingerprint] { return known }
                    groupIndices[fingerprint] = admission.groups.count
                }
                let record = isKnown(fingerprint) ? [] : encodedRecord(fingerprint, parts, of: input)
                admission.groups.append(
                    ErrorAdmission.Group(fingerprint: fingerprint, tally: .empty, record: record)
                )
                return admission.groups.count - 1
            }
        }
    }

    /// The record of the report decoded last.
    private func encodedRecord(
        _ fingerprint: Fingerprint, _ parts: FingerprintParts?, of input: borrowing FingerprintInput
    ) -> [UInt8] {
        let explained =
            parts.map(ErrorGrouping.init)
            ?? fingerprinter.withParts(of: input, grouping: grouping) { ErrorGrouping($1) }
        return ErrorRecord(
            fingerprint: fingerprint,
            grouping: explained,
            eventMilliseconds: decoder.report.eventMilliseconds,
            receivedMilliseconds: decoder.report.receivedMilliseconds,
            texts: decoder.report.texts
        ).encoded()
    }

    func withFingerprintInput<R>(_ body: (borrowing FingerprintInput) -> R) -> R {
        let report = decoder.report
        return report.texts.bytes.withUnsafeBytes { bytes in
            let texts = report.texts
            let message = Self.view(of: texts.extent(of: .message), in: bytes)
            return body(
                FingerprintInput(
                    project: Self.view(of: texts.extent(of: .project), in: bytes),
                    type: Self.view(of: texts.extent(of: .type), in: bytes),
                    message: message ?? UnsafeRawBufferPointer(start: nil, count: 0),
                    stackTrace: Self.view(of: texts.extent(of: .stackTrace), in: bytes),
                    custom: report.fingerprintParts.map { UnsafeRawBufferPointer(rebasing: bytes[$0.range]) }
                )
            )
        }
    }

    private static func view(
        of extent: ErrorTexts.Extent,
        in bytes: UnsafeRawBufferPointer
    ) -> UnsafeRawBufferPointer? {
        extent.isPresent ? UnsafeRawBufferPointer(rebasing: bytes[extent.range]) : nil
    }
}

extension ErrorReport {
    /// The report as one occurrence.
    fileprivate var tally: Tally {
        Tally(at: eventMilliseconds, receivedAt: receivedMilliseconds, release: ReleaseID(of: texts[.release]))
    }
}
