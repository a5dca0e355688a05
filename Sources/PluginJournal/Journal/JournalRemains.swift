/// What the journal of an earlier process says of its end.
package struct JournalRemains: Sendable, Equatable {
    /// How the process ended.
    package enum End: Sendable, Equatable {
        /// There was none: the file is new.
        case none
        /// In order.
        case orderly
        /// By a signal that its handler could note.
        case crash(Crash)
        /// In no order, and without a word: killed, by a power cut, or by a call of `exit`.
        case unknown
        /// The file cannot be believed.
        case unreadable(String)
    }

    /// A plugin that the process had loaded.
    package struct Plugin: Sendable, Hashable {
        /// The digest of its file, in hexadecimal.
        package let digest: String
        package let name: String

        package init(digest: String, name: String) {
            self.digest = digest
            self.name = name
        }
    }

    /// A plugin that a thread was in.
    package struct Mark: Sendable, Equatable {
        package let plugin: Plugin
        /// The hook, or a word such as `start`.
        package let activity: String?
        /// The beginning of the request's id.
        package let requestID: String?
        package let thread: Int32
        /// When the call began.
        package let since: WallTime?

        package init(_ plugin: Plugin, _ activity: String?, _ requestID: String?, thread: Int32, since: WallTime?) {
            self.plugin = plugin
            self.activity = activity
            self.requestID = requestID
            self.thread = thread
            self.since = since
        }
    }

    /// A fatal signal.
    package struct Crash: Sendable, Equatable {
        package let signal: FatalSignal
        package let thread: Int32
        package let pc: UInt64
        /// What a fault was about; 0 where the signal has none.
        package let address: UInt64
        package let time: WallTime?
        /// The plugin whose code the thread was in, to the letter.
        package let image: Plugin?
        /// What the thread had been called for.
        package let mark: Mark?
        /// The process that sent the signal, if it was another one; 0 if that is one which this system does not show.
        package let sender: Int32?

        package init(
            _ signal: FatalSignal,
            thread: Int32 = 0,
            pc: UInt64 = 0,
            address: UInt64 = 0,
            time: WallTime? = nil,
            image: Plugin? = nil,
            mark: Mark? = nil,
            sender: Int32? = nil
        ) {
            self.signal = signal
            self.thread = thread
            self.pc = pc
            self.address = address
            self.time = time
            self.image = image
            self.mark = mark
            self.sender = sender
        }
    }

    package let end: End
    package let process: Int32
    /// What all threads were in, if the process did not end in order.
    package let marks: [Mark]

    package init(_ end: End, process: Int32 = 0, marks: [Mark] = []) {
        self.end = end
        self.process = process
        self.marks = marks
    }
}
