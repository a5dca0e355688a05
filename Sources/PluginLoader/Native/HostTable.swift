import CHookgate
import PluginHooks
import PluginPayloads
import Synchronization

/// The table of host functions: C signatures on the outside, the runtime's types on the inside.
///
/// Every pointer that comes in is the plugin's and borrowed until the function returns; null is refused. Every
/// function answers a status and never unwinds.
@unsafe
enum HostTable {
    /// The table for one instance.
    ///
    /// - Parameter context: Borrowed; it has to outlive the table.
    /// - Returns: The table.
    static func make(for context: HostContext) -> hg_host {
        unsafe hg_host(
            struct_size: UInt32(MemoryLayout<hg_host>.size),
            abi_major: UInt16(HG_ABI_MAJOR),
            abi_minor: UInt16(HG_ABI_MINOR),
            impl: Unmanaged.passUnretained(context).toOpaque(),
            add_hook: addHook,
            add_function: addFunction,
            config_problem: configProblem,
            log: log,
            count: count,
            extension: extensionTable,
            completed: completed,
            alloc: allocate,
            reply: reply,
            deny: deny,
            report: report,
            fail: fail,
            metadata: metadata,
            state_get: stateGet,
            state_set: stateSet,
            state_all: stateAll,
            retry_after: retryAfter,
            http_headers: httpHeaders,
            cancelled: cancelled,
            complete: complete,
            submit: submit,
            invoke: invoke
        )
    }

    private static func context(_ host: UnsafePointer<hg_host>?) -> HostContext? {
        guard let implementation = unsafe host?.pointee.impl else { return nil }
        return unsafe Unmanaged<HostContext>.fromOpaque(implementation).takeUnretainedValue()
    }

    // MARK: Registration

    private static let addHook: @convention(c) (OpaquePointer?, UnsafePointer<hg_hook>?) -> hg_status = {
        registrar,
        hook in
        guard let registrar = unsafe Registrar.from(registrar), let hook = unsafe hook?.pointee else {
            return hg_status(HG_E_ARGUMENT)
        }
        return registrar.record { registration in
            unsafe registration.add(hook.name.text, flags: hook.flags, schema: hook.schema.text) {
                () throws(RegistrationRefusal) in
                try unsafe checkSize(hook.struct_size, MemoryLayout<hg_hook>.size, "hg_hook")
                guard let function = unsafe hook.function else { throw RegistrationRefusal("its function is null") }
                return unsafe .hook(NativeHook(function: function, context: hook.context))
            }
        }
    }

    private static let addFunction: @convention(c) (OpaquePointer?, UnsafePointer<hg_function>?) -> hg_status = {
        registrar,
        function in
        guard let registrar = unsafe Registrar.from(registrar), let function = unsafe function?.pointee else {
            return hg_status(HG_E_ARGUMENT)
        }
        // What a typed function may do follows from its signature.
        let flags = unsafe function.flags | UInt32(HG_MAY_DENY | HG_MAY_MODIFY)
        return registrar.record { registration in
            unsafe registration.add(function.hook.text, flags: flags, schema: function.schema.text) {
                () throws(RegistrationRefusal) in
                try unsafe checkSize(function.struct_size, MemoryLayout<hg_function>.size, "hg_function")
                guard let address = unsafe function.function else { throw RegistrationRefusal("its function is null") }
                let hook = unsafe HookName(function.hook.text ?? "")
                return try .function(unsafe bind(address, signature: function.signature.text, hook: hook))
            }
        }
    }

    private static func checkSize(_ size: UInt32, _ needed: Int, _ name: String) throws(RegistrationRefusal) {
        guard Int(size) >= needed else {
            throw RegistrationRefusal(
                "struct_size of \(name) is \(size), \(needed) are needed: set it to sizeof(\(name))"
            )
        }
    }

    private static func bind(
        _ function: @convention(c) () -> Void,
        signature text: String?,
        hook: HookName
    ) throws(RegistrationRefusal) -> BoundFunction {
        guard let text else { throw RegistrationRefusal("its signature is no UTF-8") }
        do {
            let signature = try FunctionSignature(parsing: text, allowsCall: true)
            if let lost = signature.lostPath(in: hook) { throw RegistrationRefusal(lost) }
            return try BoundFunction(function, signature: signature)
        } catch {
            throw RegistrationRefusal("signature \"\(text)\": \((error as? RegistrationRefusal)?.reason ?? "\(error)")")
        }
    }

    private static let configProblem: @convention(c) (OpaquePointer?, Int32, hg_slice, hg_slice) -> Void = {
        registrar,
        severity,
        pointer,
        message in
        let problem = unsafe ConfigurationProblem(
            isError: severity != Int32(HG_PROBLEM_WARNING),
            pointer: pointer.text ?? "",
            message: message.repairedText
        )
        _ = unsafe Registrar.from(registrar)?.record { registration in
            registration.problems.append(problem)
            return hg_status(HG_OK)
        }
    }

    // MARK: The plugin as a whole

    private static let log: @convention(c) (UnsafePointer<hg_host>?, Int32, hg_slice) -> Void = {
        host,
        level,
        message in
        guard let context = unsafe context(host) else { return }
        context.services.log(LogLevel(rawValue: level) ?? .error, unsafe message.repairedText)
    }

    private static let count: @convention(c) (UnsafePointer<hg_host>?, hg_slice, Int64) -> Void = {
        host,
        counter,
        amount in
        guard let context = unsafe context(host), unsafe counter.size <= CounterLimits.nameBytes,
            let counter = unsafe counter.text
        else { return }
        context.services.count(counter, by: amount)
    }

    private static let extensionTable: @convention(c) (UnsafePointer<hg_host>?, hg_slice) -> UnsafeRawPointer? = {
        _,
        _ in nil
    }

    private static let completed: @convention(c) (OpaquePointer?, hg_status, hg_slice) -> Void = {
        completion,
        status,
        message in
        unsafe Completion.complete(completion, status: status, message: message.text)
    }

    // MARK: Calls

    private static let allocate: @convention(c) (UnsafeMutablePointer<hg_call>?, Int) -> UnsafeMutableRawPointer? = {
        call,
        size in
        unsafe NativeCall.from(call)?.allocate(size)
    }

    private static let reply: @convention(c) (UnsafeMutablePointer<hg_call>?, UnsafePointer<hg_block>?) -> hg_status = {
        call,
        block in
        unsafe NativeCall.from(call)?.reply(block) ?? hg_status(HG_E_ARGUMENT)
    }

    private static let deny: @convention(c) (UnsafeMutablePointer<hg_call>?, UnsafePointer<hg_block>?) -> hg_status = {
        call,
        block in
        unsafe NativeCall.from(call)?.violation(block, blocks: true) ?? hg_status(HG_E_ARGUMENT)
    }

    private static let report: @convention(c) (UnsafeMutablePointer<hg_call>?, UnsafePointer<hg_block>?) -> hg_status =
        {
            call,
            block in
            unsafe NativeCall.from(call)?.violation(block, blocks: false) ?? hg_status(HG_E_ARGUMENT)
        }

    private static let fail: @convention(c) (UnsafeMutablePointer<hg_call>?, hg_slice) -> hg_status = {
        call,
        message in
        guard let call = unsafe NativeCall.from(call), let message = unsafe message.text else {
            return hg_status(HG_E_ARGUMENT)
        }
        return call.record { $0.failure = message }
    }

    private static let metadata:
        @convention(c) (UnsafeMutablePointer<hg_call>?, hg_slice, UnsafePointer<hg_block>?) -> hg_status = {
            call,
            key,
            block in
            guard let call = unsafe NativeCall.from(call), let key = unsafe key.text else {
                return hg_status(HG_E_ARGUMENT)
            }
            return unsafe call.metadata(key, block)
        }

    private static let retryAfter: @convention(c) (UnsafeMutablePointer<hg_call>?, Int64) -> hg_status = {
        call,
        milliseconds in
        guard let call = unsafe NativeCall.from(call), milliseconds >= 0 else { return hg_status(HG_E_ARGUMENT) }
        return call.record { $0.retryDelayMilliseconds = Int(milliseconds) }
    }

    private static let httpHeaders:
        @convention(c) (UnsafeMutablePointer<hg_call>?, UnsafePointer<hg_block>?) -> hg_status = { call, block in
            unsafe NativeCall.from(call)?.httpHeaders(block) ?? hg_status(HG_E_ARGUMENT)
        }

    private static let cancelled: @convention(c) (UnsafePointer<hg_call>?) -> Int32 = { call in
        unsafe NativeCall.from(call)?.isOpen == true ? 0 : 1
    }

    private static let complete: @convention(c) (UnsafeMutablePointer<hg_call>?, hg_status) -> Void = {
        call,
        status in
        guard let call = unsafe NativeCall.from(call) else { return }
        call.complete(status)
    }

    private static let submit:
        @convention(c) (
            UnsafeMutablePointer<hg_call>?, (@convention(c) (UnsafeMutableRawPointer?) -> Void)?,
            UnsafeMutableRawPointer?
        ) -> hg_status = { call, run, argument in
            guard let call = unsafe NativeCall.from(call), let run = unsafe run else { return hg_status(HG_E_ARGUMENT) }
            // Addresses that belong to the plugin: its code, which the call holds, and what it wants passed on.
            let job = unsafe LaneJob(run: run, argument: argument)
            return call.submit(job)
        }

    private static let invoke:
        @convention(c) (
            UnsafeMutablePointer<hg_call>?, hg_slice, UnsafePointer<hg_block>?,
            (@convention(c) (UnsafeMutableRawPointer?, UnsafePointer<hg_block>?) -> Void)?, UnsafeMutableRawPointer?
        ) -> hg_status = { call, hook, payload, done, context in
            guard let call = unsafe NativeCall.from(call), let hook = unsafe hook.text, !hook.isEmpty,
                let done = unsafe done
            else { return hg_status(HG_E_ARGUMENT) }
            return unsafe call.invoke(HookName(hook), payload, OutcomeCallback(done: done, context: context))
        }

    // MARK: State

    private static func scope(_ number: Int32) -> RequestState.Scope? {
        switch Int(number) {
        case HG_PLUGIN_STATE: .pluginState
        case HG_PLUGIN_METADATA: .pluginMetadata
        case HG_GLOBAL_STATE: .globalState
        case HG_GLOBAL_METADATA: .globalMetadata
        default: nil
        }
    }

    private typealias BlockResult = UnsafeMutablePointer<UnsafePointer<hg_block>?>

    private static let stateGet:
        @convention(c) (UnsafeMutablePointer<hg_call>?, Int32, hg_slice, BlockResult?) -> hg_status = {
            call,
            number,
            key,
            result in
            guard let call = unsafe NativeCall.from(call), let scope = unsafe scope(number), let key = unsafe key.text,
                let result = unsafe result
            else { return hg_status(HG_E_ARGUMENT) }
            guard let value = call.state(scope, key) else { return hg_status(HG_E_MISSING) }
            unsafe result.pointee = unsafe value.unsafeBlock
            return hg_status(HG_OK)
        }

    private static let stateSet:
        @convention(c) (UnsafeMutablePointer<hg_call>?, Int32, hg_slice, UnsafePointer<hg_block>?) -> hg_status = {
            call,
            number,
            key,
            block in
            guard let call = unsafe NativeCall.from(call), let scope = unsafe scope(number), let key = unsafe key.text
            else {
                return hg_status(HG_E_ARGUMENT)
            }
            return unsafe call.setState(scope, key, block)
        }

    private static let stateAll: @convention(c) (UnsafeMutablePointer<hg_call>?, Int32, BlockResult?) -> hg_status = {
        call,
        number,
        result in
        guard let call = unsafe NativeCall.from(call), let scope = unsafe scope(number), let result = unsafe result
        else {
            return hg_status(HG_E_ARGUMENT)
        }
        guard let values = try? call.allState(scope) else { return hg_status(HG_E_LIMIT) }
        unsafe result.pointee = unsafe values.unsafeBlock
        return hg_status(HG_OK)
    }
}

extension hg_hook {
    /// The registration's `self`, which Swift can only name so.
    fileprivate var context: UnsafeMutableRawPointer? { unsafe self.`self` }
}

/// Work that a plugin queued: a function and its argument.
///
/// `@unchecked Sendable`: the plugin asked for it to run on another thread.
@safe
struct LaneJob: @unchecked Sendable {
    let run: @convention(c) (UnsafeMutableRawPointer?) -> Void
    let argument: UnsafeMutableRawPointer?
}

/// Who gets to know what became of a hook that a plugin has invoked: a function and its argument.
///
/// `@unchecked Sendable`: the plugin asked for it to run on another thread.
@safe
struct OutcomeCallback: @unchecked Sendable {
    let done: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<hg_block>?) -> Void
    let context: UnsafeMutableRawPointer?
}

extension NativeCall {
    /// Ends a hook that returned `HG_PENDING`, or is about to.
    fileprivate func complete(_ status: hg_status) {
        let response =
            status == HG_PENDING
            ? .failed(.badReply, message: "hook completed with HG_PENDING") : self.response(for: status)
        complete(response)
        dropClaim()
    }

    fileprivate func submit(_ job: LaneJob) -> hg_status {
        guard let executor = handler.instance.host.executor else { return hg_status(HG_E_UNSUPPORTED) }
        executor.submit({ self.handler.mark.around(self) { unsafe job.run(job.argument) } }, to: self)
        return hg_status(HG_OK)
    }
}
