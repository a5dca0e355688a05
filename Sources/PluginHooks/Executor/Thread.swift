import CLinux
import Glibc

/// Threads of our own, for what may wait long or must not be delayed by hooks.
package enum Thread {
    private final class Body {
        let name: String
        let run: @Sendable () -> Void

        init(_ name: String, _ run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    /// Runs a closure on a new thread, which ends with it.
    ///
    /// - Parameters:
    ///   - name: What debuggers and `top` call the thread; at most 15 bytes.
    ///   - body: The closure.
    /// - Returns: `false` if the system has no thread to give.
    @discardableResult
    package static func detach(name: String = "hookgate", _ body: @escaping @Sendable () -> Void) -> Bool {
        var thread = pthread_t()
        let context = unsafe Unmanaged.passRetained(Body(name, body)).toOpaque()
        let failure = unsafe pthread_create(
            &thread,
            nil,
            { context in
                guard let context = unsafe context else { return nil }
                let body = unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue()
                unsafe hookgate_name_thread(body.name)
                body.run()
                return nil
            },
            context
        )
        guard failure == 0 else {
            unsafe Unmanaged<Body>.fromOpaque(context).release()
            return false
        }
        pthread_detach(thread)
        return true
    }
}
