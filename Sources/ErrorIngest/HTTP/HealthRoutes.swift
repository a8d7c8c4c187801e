import HTTPTypes
import Hummingbird
import Ingest
import QueueCore

/// The health probes. `live`: the process answers. `ready`: it can do its job. The rest says why.
struct HealthRoutes: Sendable {
    let health: HealthReport

    func add(to router: some RouterMethods<ServiceRequestContext>) {
        router.get("health/live") { _, _ in
            JSONResponse.make(Array("{\"status\":\"ok\"}".utf8))
        }
        router.get("health/ready") { _, _ in whole }
        router.get("health") { _, _ in whole }
        router.get("api/v1/health") { _, _ in
            envelope(isWell: health.status != .down) { health.write(to: &$0) }
        }
        router.get("api/v1/health/db") { _, _ in
            let store = health.mysqlStatus
            return envelope(isWell: store.isConnected) { store.write(to: &$0) }
        }
        router.get("api/v1/health/redis") { _, _ in
            let store = health.redisStatus
            return envelope(isWell: store.isConnected) { store.write(to: &$0) }
        }
    }

    private var whole: Response {
        JSONResponse.make(health.json, status: health.status == .down ? .serviceUnavailable : .ok)
    }

    private func envelope(isWell: Bool, _ data: (inout JSONWriter) -> Void) -> Response {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("success", isWell)
            writer.key("data")
            writer.object(data)
            writer.field("timestamp", milliseconds: WallClock.unixMilliseconds)
        }
        return JSONResponse.make(writer.bytes, status: isWell ? .ok : .serviceUnavailable)
    }
}
