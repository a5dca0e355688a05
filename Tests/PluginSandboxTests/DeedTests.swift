import Glibc
import PluginSandbox
import Testing

@Suite("In a sandbox")
struct DeedTests {
    /// What comes of each deed under the profiles `none`, `default`, and `strict` after loading.
    ///
    /// A dash marks what `none` leaves to the user and the container that the process runs in.
    private static let table = """
        read_passwd               ok      EACCES  EPERM
        read_shadow               -       EACCES  EPERM
        read_allowed              ok      ok      EPERM
        read_random               ok      ok      EPERM
        read_own_environment      -       EACCES  EPERM
        read_victims_environment  -       EACCES  EPERM
        read_victims_memory       -       EACCES  EPERM
        read_victims_status       ok      EACCES  EPERM
        read_state_of_thread      ok      ok      ok
        open_wild_path            EFAULT  EFAULT  EPERM
        openat2_passwd            ok      EACCES  EPERM
        write_file                -       EACCES  EPERM
        write_null                ok      ok      EPERM
        stat_passwd               ok      ok      EPERM
        stat_descriptor           ok      ok      ok
        change_mode               ENOENT  EPERM   EPERM
        change_times              ENOENT  EPERM   EPERM
        remove_file               ENOENT  EPERM   EPERM
        watch_files               ok      EPERM   EPERM
        open_by_handle            -       EPERM   EPERM
        socket_inet               ok      EPERM   EPERM
        socket_unix               ok      EPERM   EPERM
        socket_pair               ok      EPERM   EPERM
        connect_nowhere           EBADF   EPERM   EPERM
        fork_child                ok      EPERM   EPERM
        vfork_child               ok      EPERM   EPERM
        clone3_child              -       ENOSYS  ENOSYS
        exec_nothing              ENOENT  EPERM   EPERM
        spawn_true                ok      EPERM   EPERM
        signal_self               ok      ok      ok
        signal_victim             -       EPERM   EPERM
        signal_group              ok      EPERM   EPERM
        signal_victims_thread     -       EPERM   EPERM
        signal_by_thread          -       EPERM   EPERM
        queue_to_victim           -       EPERM   EPERM
        signal_by_descriptor      ok      EPERM   EPERM
        trace_victim              -       EPERM   EPERM
        read_victim               -       EPERM   EPERM
        write_victim              -       EPERM   EPERM
        pidfd_of_victim           -       EPERM   EPERM
        pidfd_take                -       EPERM   EPERM
        bind_victim               -       EPERM   EPERM
        limit_victim              -       EPERM   EPERM
        change_group              ok      EPERM   EPERM
        thread_new                ok      ok      ok
        map_writable_executable   ok      EACCES  EPERM
        map_executable            ok      ok      EPERM
        map_shared                ok      ok      EPERM
        make_executable           ok      EACCES  EPERM
        map_executable_twice      ok      EPERM   EPERM
        map_growing               ok      EPERM   EPERM
        allocate_10_gb            -       ENOMEM  ENOMEM
        allocate_10_mb            ok      ok      ok
        memory_file               ok      EPERM   EPERM
        shared_segment            ok      EPERM   EPERM
        become_root               -       EPERM   EPERM
        gain_capabilities         EPERM   EPERM   EPERM
        outlive_parent            ok      EPERM   EPERM
        show_memory               ok      EPERM   EPERM
        allow_tracing             -       EPERM   EPERM
        name_thread               ok      ok      ok
        replace_handler           ok      EINVAL  EINVAL
        filter_calls              ok      EPERM   EPERM
        raise_limit               EPERM   EPERM   EPERM
        look_at_limit             ok      ok      ok
        set_priority              ok      ok      ok
        open_200_files            EMFILE  EMFILE  EMFILE
        mount_memory              -       EPERM   EPERM
        change_root               -       EPERM   EPERM
        new_user_namespace        -       EPERM   EPERM
        join_namespace            -       EPERM   EPERM
        bpf_map                   -       EPERM   EPERM
        io_uring                  -       EPERM   EPERM
        key_ring                  -       EPERM   EPERM
        userfault                 -       EPERM   EPERM
        performance_events        -       EPERM   EPERM
        change_personality        -       EPERM   EPERM
        look_at_personality       ok      ok      EPERM
        type_into_terminal        -       EPERM   EPERM
        unknown_call              ENOSYS  ENOSYS  ENOSYS
        run_tasks                 ok      ok      ok
        """

    /// The deeds and their results in one of the columns.
    private static func column(_ index: Int) -> [(deed: String, result: String)] {
        table.split(separator: "\n").map { line in
            let words = line.split(separator: " ").map(String.init)
            return (words[0], words[index + 1])
        }.filter { $0.result != "-" }
    }

    private static func check(_ deeds: Deeds, _ expected: [(deed: String, result: String)]) throws {
        let result = try deeds.run(expected.map(\.deed))
        #expect(result.status == 0)
        #expect(result.refusal == nil)
        #expect(result.deeds == Dictionary(uniqueKeysWithValues: expected.map { ($0.deed, $0.result) }))
    }

    @Test("the profile none takes away rights of the process alone", arguments: Deeds.Start.all)
    func none(start: Deeds.Start) throws {
        try Self.check(Deeds(SandboxPolicy(.none), from: start), Self.column(0))
    }

    @Test("a plugin can do nothing to others", arguments: Deeds.Start.all)
    func standard(start: Deeds.Start) throws {
        try Self.check(Deeds(SandboxPolicy(.default), from: start), Self.column(1))
    }

    @Test("loading has the rights of the profile default, also if strict follows", arguments: Deeds.Start.all)
    func strictWhileLoading(start: Deeds.Start) throws {
        try Self.check(Deeds(SandboxPolicy(.strict), from: start), Self.column(1))
    }

    @Test("a strict plugin computes, and that is all", arguments: Deeds.Start.all)
    func strict(start: Deeds.Start) throws {
        try Self.check(Deeds(SandboxPolicy(.strict), afterLoading: true, from: start), Self.column(2))
    }

    @Test("the second step changes nothing for the profile default")
    func secondStep() throws {
        try Self.check(Deeds(SandboxPolicy(.default), afterLoading: true), Self.column(1))
    }

    @Test(
        "memory may become executable where that is allowed",
        arguments: [(SandboxPolicy.Profile.default, 1), (.strict, 2)]
    )
    func jit(profile: SandboxPolicy.Profile, column: Int) throws {
        var policy = SandboxPolicy(profile)
        policy.allowJIT = true
        var executable = ["map_writable_executable", "map_executable", "make_executable"]
        // Under strict nothing is mapped shared.
        if profile == .default { executable.append("map_executable_twice") }
        let expected = Self.column(column).map { deed, result in (deed, executable.contains(deed) ? "ok" : result) }
        try Self.check(Deeds(policy, afterLoading: true), expected)
    }

    @Test("files that the policy names can be read")
    func allowRead() throws {
        var policy = SandboxPolicy(.default)
        policy.allowRead = ["/etc/passwd"]
        let result = try Deeds(policy).run(["read_passwd", "read_allowed", "read_shadow"])
        #expect(result.deeds == ["read_passwd": "ok", "read_allowed": "ok", "read_shadow": "EACCES"])
    }

    @Test(
        "descriptors come over the control connection alone, and can be mapped shared",
        arguments: [SandboxPolicy.Profile.default, .strict]
    )
    func control(profile: SandboxPolicy.Profile) throws {
        var deeds = Deeds(SandboxPolicy(profile), afterLoading: true)
        deeds.hasControl = true
        let result = try deeds.run(["receive_from_control", "receive_from_other", "map_shared"])
        #expect(
            result.deeds == [
                "receive_from_control": "ok", "receive_from_other": profile == .strict ? "EPERM" : "EAGAIN",
                "map_shared": profile == .strict ? "EPERM" : "ok",
            ]
        )
    }

    @Test(
        "a refused call is counted and named",
        arguments: [
            (["socket_inet"], 1, "socket"),
            (["socket_inet", "socket_unix", "fork_child"], 3, "clone"),
            (["read_passwd"], 1, "openat /etc/passwd"),
            (["exec_nothing", "remove_file"], 2, "unlink /nowhere/file"),
            (["read_random", "read_state_of_thread", "set_priority", "unknown_call", "thread_new"], 0, nil),
        ] as [([String], Int, String?)]
    )
    func counts(deeds: [String], count: Int, last: String?) throws {
        let result = try Deeds(SandboxPolicy(.default)).run(deeds)
        #expect(result.violations == count)
        #expect(result.lastViolation == last)
    }

    @Test("tasks and threads are no violation of a strict sandbox")
    func quietTasks() throws {
        let result = try Deeds(SandboxPolicy(.strict), afterLoading: true).run(["run_tasks", "thread_new", "run_tasks"])
        #expect(result.deeds == ["run_tasks": "ok", "thread_new": "ok"])
        #expect(result.violations == 0)
    }

    @Test(
        "a refused call ends the process, if so wanted",
        arguments: ["socket_inet", "read_passwd", "spawn_true", "fork_child", "signal_victim"],
        [SandboxPolicy.Profile.default, .strict]
    )
    func kills(deed: String, profile: SandboxPolicy.Profile) throws {
        var policy = SandboxPolicy(profile)
        policy.onViolation = .kill
        let deeds = Deeds(policy, afterLoading: true)
        #expect(try deeds.run([deed]) == Deeds.Result(status: 128 + SIGSYS))
        #expect(try deeds.run(["run_tasks"]).deeds == ["run_tasks": "ok"])
    }

    #if arch(x86_64)
    @Test("calls of the other kind that the processor has end the process", arguments: [SandboxPolicy.Profile.default])
    func otherCalls(profile: SandboxPolicy.Profile) throws {
        #expect(try Deeds(SandboxPolicy(profile)).run(["x32_call"]) == Deeds.Result(status: 128 + SIGSYS))
    }
    #endif
}
