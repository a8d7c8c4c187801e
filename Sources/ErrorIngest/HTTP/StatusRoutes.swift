import Fingerprint
import Hummingbird
import Ingest
import QueueCore

/// `PATCH /errors/{fingerprint}`, `PATCH /errors` and `GET /errors/{fingerprint}/history`.
struct StatusRoutes<Live: LiveCounts, Reader: ErrorReader, Store: StatusStore>: Sendable {
    let changer: StatusChanger<Live, Store>
    let store: Store
    /// Shows the error after the change.
    let reader: LiveErrorReader<Live, Reader>

    func add(to router: some RouterMethods<ServiceRequestContext>) {
        router.patch("errors/{fingerprint}") { request, context in
            await StoreAnswer.make { () throws(RouteFailure) in try await changeOne(request, context) }
        }
        router.patch("errors") { request, context in
            await StoreAnswer.make { () throws(RouteFailure) in try await changeMany(request, context) }
        }
        router.get("errors/{fingerprint}/history") { request, context in
            await StoreAnswer.make { () throws(RouteFailure) in try await history(request, context) }
        }
    }

    private func changeOne(_ request: Request, _ context: ServiceRequestContext) async throws(RouteFailure) -> Response
    {
        let fingerprint = try StoreAnswer.fingerprint(context)
        let body = try await CommandBody.read(request, upTo: StatusChange.maxBodyBytes)
        let change = try Self.decode(body, StatusChangeDecoder.single)
        let outcome = try await apply(change, to: [fingerprint], context)
        guard outcome.notFound.isEmpty else { throw StoreAnswer.unknownError }
        let found = try await StoreAnswer.store { () throws(StoreFailure) in
            try await reader.detail(of: fingerprint)
        }
        guard let (detail, isLive) = found else { throw StoreAnswer.unknownError }
        return JSONResponse.make(detail.error.json(isLive: isLive))
    }

    private func changeMany(_ request: Request, _ context: ServiceRequestContext) async throws(RouteFailure) -> Response
    {
        let body = try await CommandBody.read(request, upTo: StatusChange.maxBodyBytes)
        let bulk = try Self.decode(body, StatusChangeDecoder.bulk)
        return JSONResponse.make(try await apply(bulk.change, to: bulk.fingerprints, context).json)
    }

    private func history(_ request: Request, _ context: ServiceRequestContext) async throws(RouteFailure) -> Response {
        let fingerprint = try StoreAnswer.fingerprint(context)
        let page = try PageReading(
            request.uri.queryParameters, defaultLimit: StatusHistoryPage.defaultLimit,
            maxLimit: StatusHistoryPage.maxLimit)
        let found = try await StoreAnswer.store { () throws(StoreFailure) in
            try await store.history(of: fingerprint, limit: page.limit, after: page.cursor)
        }
        guard let found else { throw StoreAnswer.unknownError }
        return JSONResponse.make(found.json)
    }

    private func apply(
        _ change: StatusChange, to fingerprints: [Fingerprint], _ context: ServiceRequestContext
    ) async throws(RouteFailure) -> StatusOutcome {
        try await StoreAnswer.store { () throws(StoreFailure) in
            try await changer.change(
                fingerprints, to: change, by: context.callerName, at: WallClock.unixMilliseconds)
        }
    }

    private static func decode<Change>(
        _ body: [UInt8], _ decode: ([UInt8]) throws(RequestRejection) -> Change
    ) throws(RouteFailure) -> Change {
        do throws(RequestRejection) {
            return try decode(body)
        } catch {
            throw .rejected(error)
        }
    }
}
