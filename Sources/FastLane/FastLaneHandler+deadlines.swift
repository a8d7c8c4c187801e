import NIOCore

/// One timer a connection, set anew only when it is due or would be late: on the hot path a deadline is one store.
extension FastLaneHandler: NIOScheduledCallbackHandler {
    /// Sets the deadline of the phase.
    func arm(_ deadline: NIODeadline) {
        self.phaseDeadline = deadline
        self.armTimer()
    }

    func disarm() {
        self.phaseDeadline = .distantFuture
        self.stallDeadline = .distantFuture
        self.timer?.cancel()
        self.timer = nil
    }

    func armTimer() {
        let deadline = min(self.phaseDeadline, self.stallDeadline)
        guard let context = self.context, self.phase != .closed, deadline != .distantFuture else { return }
        if let timer = self.timer {
            guard deadline < self.timerDue else { return }
            timer.cancel()
        }
        self.timerDue = deadline
        // Fails only when the event loop is shutting down, and the connection with it.
        self.timer = try? context.eventLoop.assumeIsolated().scheduleCallback(at: deadline, handler: self)
    }

    func handleScheduledCallback(eventLoop: some EventLoop) {
        self.timer = nil
        guard let context = self.context else { return }
        let now = eventLoop.now
        guard min(self.phaseDeadline, self.stallDeadline) <= now else {
            self.armTimer()
            return
        }
        if self.stallDeadline > now && (self.phase == .collecting || self.phase == .discarding) {
            self.refuseNow(.timedOut)
        } else {
            context.close(promise: nil)
        }
    }
}
