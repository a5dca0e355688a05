import CHookgate
import Synchronization

/// The functions of the host table: from C to a `RecordingHost` or a `CallRecord`.
///
/// A null call or host is refused, as a plugin's mistake.
enum HostTable {
    static func make(for host: RecordingHost) -> hg_host {
        unsafe hg_host(
            struct_size: UInt32(MemoryLayout<hg_host>.size),
            abi_major: UInt16(HG_ABI_MAJOR),
            abi_minor: UInt16(HG_ABI_MINOR),
            impl: Unmanaged.passUnretained(host).toOpaque(),
            add_hook: { registrar, hook in
                unsafe Registration.of(registrar)?.add(hook) ?? hg_status(HG_E_ARGUMENT)
            },
            add_function: { registrar, function in
                unsafe Registration.of(registrar)?.add(function) ?? hg_status(HG_E_ARGUMENT)
            },
            config_problem: { registrar, severity, pointer, message in
                unsafe Registration.of(registrar)?.addProblem(severity, pointer.text, message.text)
            },
            log: { host, level, message in unsafe RecordingHost.of(host)?.log(level, message.text) },
            count: { host, counter, amount in unsafe RecordingHost.of(host)?.count(counter.text, amount) },
            extension: { _, _ in nil },
            completed: { completion, status, message in
                unsafe CompletionRecord.of(completion)?.end(status, message.text)
            },
            alloc: { call, size in
                unsafe CallRecord.of(call)?.state.withLock { state in unsafe state.arena.allocate(size) }
            },
            reply: { call, fields in unsafe CallRecord.of(call)?.reply(fields) ?? hg_status(HG_E_ARGUMENT) },
            deny: { call, violation in unsafe CallRecord.of(call)?.deny(violation) ?? hg_status(HG_E_ARGUMENT) },
            report: { call, violation in unsafe CallRecord.of(call)?.report(violation) ?? hg_status(HG_E_ARGUMENT) },
            fail: { call, message in unsafe CallRecord.of(call)?.fail(message.text) ?? hg_status(HG_E_ARGUMENT) },
            metadata: { call, key, value in
                unsafe CallRecord.of(call)?.metadata(key.text, value) ?? hg_status(HG_E_ARGUMENT)
            },
            state_get: { call, scope, key, value in
                unsafe CallRecord.of(call)?.stateGet(scope, key.text, value) ?? hg_status(HG_E_ARGUMENT)
            },
            state_set: { call, scope, key, value in
                unsafe CallRecord.of(call)?.stateSet(scope, key.text, value) ?? hg_status(HG_E_ARGUMENT)
            },
            state_all: { call, scope, values in
                unsafe CallRecord.of(call)?.stateAll(scope, values) ?? hg_status(HG_E_ARGUMENT)
            },
            retry_after: { call, milliseconds in
                unsafe CallRecord.of(call)?.retryAfter(milliseconds) ?? hg_status(HG_E_ARGUMENT)
            },
            http_headers: { call, headers in
                unsafe CallRecord.of(call)?.httpHeaders(headers) ?? hg_status(HG_E_ARGUMENT)
            },
            cancelled: { call in unsafe CallRecord.of(call)?.state.withLock { $0.isCancelled ? 1 : 0 } ?? 0 },
            complete: { call, status in unsafe CallRecord.of(call)?.complete(status) },
            submit: { call, run, context in
                guard let run = unsafe run else { return hg_status(HG_E_ARGUMENT) }
                return unsafe CallRecord.of(call)?.submit(LaneJob(run: run, context: context))
                    ?? hg_status(HG_E_ARGUMENT)
            },
            invoke: { call, hook, payload, done, context in
                guard let call = unsafe CallRecord.of(call), let done = unsafe done else {
                    return hg_status(HG_E_ARGUMENT)
                }
                return unsafe call.invoke(hook.text, payload, OutcomeCallback(done: done, context: context))
            }
        )
    }
}
