/// The shared memory of one worker, with a name for each place in it.
package struct WorkerMemory: Sendable {
    package let geometry: RegionGeometry
    /// What the gateway writes, and the worker reads.
    package let requests: SharedMemory
    /// What the worker writes; nothing in it is to be trusted.
    package let replies: SharedMemory

    package init(_ geometry: RegionGeometry, requests: SharedMemory, replies: SharedMemory) {
        self.geometry = geometry
        self.requests = requests
        self.replies = replies
    }

    // MARK: Words of the first region

    /// Who waits for results.
    ///
    /// An odd number stands for a thread that runs calls, an even one for the supervisor. It is another one each time
    /// somebody begins to wait.
    package var armed: SharedWord { requests.word(at: 0) }
    /// Whether the caller of the last call looks for its result all the time, and the processor that it runs on.
    package var callerSpins: SharedWord { requests.word(at: 64) }
    package var callerProcessor: SharedWord { requests.word(at: 68) }
    /// Calls that were submitted so far.
    package var submitted: SharedWord { requests.word(at: 128) }
    /// Cancellations so far.
    package var cancellations: SharedWord { requests.word(at: 132) }

    /// How often a large area of the second region was given back.
    package func released(_ large: Int) -> SharedWord { requests.word(at: 192 + 4 * large) }

    /// A place of the ring in which calls wait for the worker: a slot.
    package func ring(_ position: UInt32) -> SharedWord {
        requests.word(at: 512 + Int(position) % RegionGeometry.slots * 4)
    }

    // MARK: Words of the second region

    /// Is changed, by both sides, when there may be something to do for the worker.
    package var doorbell: SharedWord { replies.word(at: 0) }
    /// Whether the worker sleeps at the doorbell.
    package var isSleeping: SharedWord { replies.word(at: 64) }
    /// The processor that the worker ran on last.
    package var workerProcessor: SharedWord { replies.word(at: 68) }
    /// Threads that plugins hold beyond their time.
    package var lostThreads: SharedWord { replies.word(at: 72) }

    /// Questions that were asked so far.
    package var questions: SharedWord { replies.word(at: 76) }

    /// How often the worker has given a large area of the first region back.
    package func returned(_ large: Int) -> SharedWord { replies.word(at: 80 + 4 * large) }

    /// Where a fatal signal is recorded, and refused system calls are.
    package static let crashRecord = 256
    package static let violationRecord = 512

    /// Gives a large area of the first region back; only the worker does, which has copied what was there.
    ///
    /// - Parameter offset: Where that was.
    /// - Returns: `false` if it was in no large area.
    package func giveBackLarge(at offset: Int) -> Bool {
        guard let large = geometry.largeIndex(of: offset) else { return false }
        returned(large).increment()
        return true
    }

    // MARK: Slots

    /// The number of the call in a slot, which both sides count up.
    package func sequence(_ slot: Int) -> SharedWord { requests.word(at: RegionGeometry.slotHeader(slot)) }
    /// The call that nobody needs any more.
    package func cancelled(_ slot: Int) -> SharedWord { requests.word(at: RegionGeometry.slotHeader(slot) + 4) }
    /// The call whose result somebody waits for without looking all the time.
    package func waits(_ slot: Int) -> SharedWord { requests.word(at: RegionGeometry.slotHeader(slot) + 8) }
    /// The call that the worker has begun.
    package func begun(_ slot: Int) -> SharedWord { replies.word(at: RegionGeometry.slotHeader(slot)) }
    /// The call that the worker has ended.
    package func done(_ slot: Int) -> SharedWord { replies.word(at: RegionGeometry.slotHeader(slot) + 4) }

    /// What the gateway says of a call.
    package func callHeader(_ slot: Int) -> Int { RegionGeometry.slotHeader(slot) + 16 }
    /// What the worker says of its result.
    package func resultHeader(_ slot: Int) -> Int { RegionGeometry.slotHeader(slot) + 8 }

    // MARK: Questions

    /// The number of the question, which the worker counts up.
    package func asked(_ ask: Int) -> SharedWord { replies.word(at: RegionGeometry.askHeader(ask)) }
    /// The question that was answered.
    package func answered(_ ask: Int) -> SharedWord { requests.word(at: RegionGeometry.askHeader(ask)) }
    package func askHeader(_ ask: Int) -> Int { RegionGeometry.askHeader(ask) + 8 }

    // MARK: Signals

    /// Has the worker look.
    package func ring() {
        doorbell.increment()
        if isSleeping.orderedValue != 0 { doorbell.wake() }
    }
}
