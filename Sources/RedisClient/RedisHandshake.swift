import NIOCore

/// What is said on a new connection before anybody may use it: `AUTH`, `SELECT`, then **INFO before anything else**,
/// so that the epoch belongs to this connection from its first real command on; then the durability settings, the
/// name, the scripts. A value that decides; the link does the sending.
struct RedisHandshake {
    struct Outcome {
        var epoch: RedisEpoch
        var state: RedisServerState
        var durability: RedisDurability
        var scripts: [(script: RedisScript, digest: [UInt8])] = []
    }

    enum Action {
        case send(RedisCommand)
        case ready(Outcome)
        case fail(RedisClientError)
    }

    private enum Step: Equatable {
        case authenticate, select, info, durability, name
        case script(Int)
        case done
    }

    private let configuration: RedisConfiguration
    private var step = Step.authenticate
    private var outcome: Outcome?

    init(_ configuration: RedisConfiguration) {
        self.configuration = configuration
    }

    mutating func start() -> Action {
        proceed(from: .authenticate)
    }

    mutating func receive(_ result: Result<RedisValue, RedisClientError>) -> Action {
        switch result {
        case .success(let value): receive(value)
        case .failure(let error): receive(error)
        }
    }

    /// Sends the first step, from this one on, that the configuration calls for.
    private mutating func proceed(from first: Step) -> Action {
        step = first
        while true {
            switch step {
            case .authenticate:
                if let password = configuration.endpoint.password {
                    let user = configuration.endpoint.username.map { [RedisArgument.string($0)] } ?? []
                    return .send(RedisCommand("AUTH", user + [.string(password)]))
                }
                step = .select
            case .select:
                if configuration.endpoint.database != 0 {
                    return .send(RedisCommand("SELECT", [.integer(Int64(configuration.endpoint.database))]))
                }
                step = .info
            case .info:
                return .send(RedisInfo.command)
            case .durability:
                return .send(RedisDurability.command)
            case .name:
                if let name = configuration.clientName {
                    return .send(RedisCommand("CLIENT", ["SETNAME", .string(name)]))
                }
                step = .script(0)
            case .script(let index):
                if index < configuration.scripts.count {
                    return .send(RedisCommand("SCRIPT", ["LOAD", .bytes(configuration.scripts[index].source)]))
                }
                step = .done
            case .done:
                guard let outcome else { return .fail(failure("the handshake ended without INFO")) }
                return .ready(outcome)
            }
        }
    }

    private mutating func receive(_ value: RedisValue) -> Action {
        switch step {
        case .authenticate:
            return proceed(from: .select)
        case .select:
            return proceed(from: .info)
        case .info:
            return receiveInfo(value)
        case .durability:
            outcome?.durability = .assess(reply: value)
            return proceed(from: .name)
        case .name:
            return proceed(from: .script(0))
        case .script(let index):
            guard let digest = value.bytes, digest.count == 40 else {
                return .fail(failure("SCRIPT LOAD gave no digest"))
            }
            outcome?.scripts.append((configuration.scripts[index], digest))
            return proceed(from: .script(index + 1))
        case .done:
            return .fail(failure("a reply after the handshake"))
        }
    }

    private mutating func receiveInfo(_ value: RedisValue) -> Action {
        guard let bytes = value.bytes else { return .fail(failure("INFO gave no text; is this a Redis server?")) }
        let info = RedisInfo(bytes)
        guard let epoch = RedisEpoch(info) else {
            return .fail(failure("INFO has no run_id and master_replid; is this Redis 7.0 or later?"))
        }
        let state = RedisServerState(info, readAt: .now())
        if let reason = state.notReadyReason { return .fail(failure(reason)) }
        outcome = Outcome(epoch: epoch, state: state, durability: .unknown("not read yet"))
        return proceed(from: .durability)
    }

    private mutating func receive(_ error: RedisClientError) -> Action {
        // Lost, timed out, …: the connection is gone already.
        guard let serverCode = error.serverErrorCode else { return .fail(error) }
        switch (step, serverCode) {
        case (_, "LOADING"), (_, "MASTERDOWN"):
            return .fail(failure("the server is not ready (\(error.message))"))
        case (.authenticate, _), (_, "NOAUTH"), (_, "WRONGPASS"):
            return .fail(
                RedisClientError(
                    code: .authenticationFailed,
                    message: "Redis at \(configuration.endpoint) refused the credentials (\(error.message)); "
                        + "check the user and the password in the Redis URL"
                )
            )
        case (.info, "NOPERM"):
            return .fail(
                RedisClientError(
                    code: .authenticationFailed,
                    message: "Redis at \(configuration.endpoint) does not let this user run INFO (\(error.message)); "
                        + "grant it +info"
                )
            )
        case (.durability, _):
            outcome?.durability = .unknown("CONFIG GET was refused (\(error.message))")
            return proceed(from: .name)
        case (.name, _):
            return proceed(from: .script(0))
        case (.script(let index), _):
            let name = configuration.scripts[index].name
            return .fail(failure("script \(name) could not be loaded (\(error.message))"))
        default:
            return .fail(failure(error.message))
        }
    }

    private func failure(_ reason: String) -> RedisClientError {
        RedisClientError(code: .connectFailed, message: "Redis at \(configuration.endpoint): \(reason)")
    }
}

extension RedisServerState {
    /// Why this server cannot take writes now, or nil when it can.
    var notReadyReason: String? {
        if loading { return "it still loads its data" }
        if role == .replica { return "it is a read-only replica; the address must be the primary's" }
        return nil
    }
}
