import HTTPTypes
import Hummingbird
import Ingest
import NIOCore

/// The body of a request that changes something: JSON as it is, whole, and no larger than the route takes.
enum CommandBody {
    static func read(_ request: Request, upTo limit: Int) async throws(RouteFailure) -> [UInt8] {
        let coding = request.headers[.contentEncoding] ?? ""
        guard coding.isEmpty || coding.lowercased() == "identity" else {
            throw .rejected(
                RequestRejection(
                    statusCode: 415, code: "unsupported_encoding", message: "Content-Encoding must be identity",
                    fields: [FieldProblem(field: "Content-Encoding", rule: "oneOf:identity")]))
        }
        do {
            let buffer = try await request.body.collect(upTo: limit)
            return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw .rejected(
                RequestRejection(
                    statusCode: 413, code: "body_too_large", message: "a body has at most \(limit) bytes",
                    fields: [FieldProblem(field: "body", rule: "maxBytes", limit: limit)]))
        } catch {
            // The client is gone: nobody reads the answer.
            throw .rejected(
                RequestRejection(statusCode: 400, code: "malformed_request", message: "the body did not arrive whole"))
        }
    }
}
