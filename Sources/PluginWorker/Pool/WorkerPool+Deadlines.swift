import PluginHooks
import PluginPayloads
import WorkerProtocol

// Calls whose time is over.
extension WorkerPool {
    /// Tells the plugin that nobody needs a call any more, and has its worker killed if the call goes on beyond its time.
    func cancel(_ call: WorkerCall) {
        guard let place = call.currentPlace else { return leave(call) }
        place.worker.cancel(slot: place.slot, sequence: place.sequence)
        expectEnd(of: call, at: place)
    }

    /// Has a worker killed that is still inside a call some time after its deadline.
    ///
    /// - Parameters:
    ///   - call: The call; that it timed out may also be what the worker says, whose own clock was first.
    ///   - place: Where it was.
    func expectEnd(of call: WorkerCall, at place: WorkerCall.Place) {
        let due = max(Clock.now(), call.deadline).addingReportingOverflow(settings.killGrace)
        guard !due.overflow else { return }
        let verdict = WorkerEnd.Verdict.overdue(
            hook: call.hook.hook.text,
            request: call.request.context.identity.requestID
        )
        let (slot, sequence, progress) = (place.slot, place.sequence, place.worker.slots.progress)
        // One that waits for its turn in the worker has no thread there.
        let threads = place.worker.memory.begun(slot).value == sequence ? 1 : 0
        perform { supervisor in
            place.worker.callsInGrace += threads
            // A worker that has died meanwhile is not held.
            supervisor.at(due.partialValue) { [weak self, weak worker = place.worker] _ in
                guard let worker else { return }
                worker.callsInGrace -= threads
                let place = WorkerCall.Place(worker: worker, slot: slot, sequence: sequence)
                self?.check(place, verdict, since: progress)
            }
        }
    }

    /// Kills a worker that is still inside a call whose time is over, or that takes no calls at all.
    private func check(_ place: WorkerCall.Place, _ verdict: WorkerEnd.Verdict, since progress: UInt64) {
        let (memory, slots) = (place.worker.memory, place.worker.slots)
        let isThere = slots.number(place.slot) == place.sequence
        let hasBegun = memory.begun(place.slot).value == place.sequence
        let isDone = memory.done(place.slot).value == place.sequence
        // The worker may have answered for the plugin, whose thread is still inside the call. Others of its threads may be
        // inside calls that have their grace before them.
        if isThere && hasBegun && !isDone || Int(memory.lostThreads.value) > place.worker.callsInGrace {
            condemn(place.worker, verdict)
        } else if isThere, !hasBegun, !isDone, slots.isTaken(place.slot), slots.isIdle, slots.progress == progress {
            condemn(place.worker, .deaf)
        }
    }

    /// Lets no more calls come to a worker, and kills it.
    private func condemn(_ worker: Worker, _ verdict: WorkerEnd.Verdict) {
        worker.kill(verdict)
        retire(worker)
    }
}
