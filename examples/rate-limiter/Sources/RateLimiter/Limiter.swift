import Synchronization

/// What is limited.
package enum LimitScope: String, Sendable {
    case user, tenant, tool
}

/// One limit that a call has to keep.
package struct Limit: Sendable {
    package let scope: LimitScope
    /// Whose limit it is.
    package let key: String
    package let rate: Rate

    package init(_ scope: LimitScope, _ key: String, _ rate: Rate) {
        self.scope = scope
        self.key = key
        self.rate = rate
    }
}

/// What is left of the limit that matters most to a call.
package struct Allowance: Sendable, Equatable {
    package let scope: LimitScope
    /// The size of the bucket.
    package let limit: Int
    /// Calls that are left.
    package let remaining: Int
    /// Seconds until the bucket is full, rounded up.
    package let secondsToReset: Int
    /// Seconds until the call would be allowed, rounded up; 0 if it is.
    package let secondsToRetry: Int

    package init(_ scope: LimitScope, limit: Int, remaining: Int, secondsToReset: Int, secondsToRetry: Int = 0) {
        self.scope = scope
        self.limit = limit
        self.remaining = remaining
        self.secondsToReset = secondsToReset
        self.secondsToRetry = secondsToRetry
    }

    fileprivate init(_ scope: LimitScope, _ bucket: Bucket, at now: Int, isDenied: Bool) {
        self.init(
            scope,
            limit: bucket.rate.burst,
            remaining: bucket.tokens(at: now),
            secondsToReset: bucket.secondsToFull(at: now),
            secondsToRetry: isDenied ? bucket.secondsToToken(at: now) : 0
        )
    }
}

/// Counts calls, from any number of threads.
package final class Limiter: Sendable {
    private struct Tables {
        var user: BucketTable
        var tenant: BucketTable
        var tool: BucketTable

        subscript(scope: LimitScope) -> BucketTable {
            _read {
                switch scope {
                case .user: yield user
                case .tenant: yield tenant
                case .tool: yield tool
                }
            }
            _modify {
                switch scope {
                case .user: yield &user
                case .tenant: yield &tenant
                case .tool: yield &tool
                }
            }
        }
    }

    private let tables: Mutex<Tables>
    private let nanoseconds: @Sendable () -> Int

    /// Makes a limiter.
    ///
    /// - Parameters:
    ///   - capacity: How many buckets each table keeps.
    ///   - nanoseconds: A clock that never goes back.
    package init(capacity: Int, nanoseconds: @escaping @Sendable () -> Int) {
        let table = BucketTable(capacity: capacity)
        tables = Mutex(Tables(user: table, tenant: table, tool: table))
        self.nanoseconds = nanoseconds
    }

    /// Counts a call, if all of its limits allow it; else none of them counts it.
    ///
    /// - Returns: The limit that is nearest, or that denies the call for the longest time; `nil` without limits.
    package func take(_ limits: [Limit]) -> Allowance? {
        tables.withLock { tables in
            let now = nanoseconds()
            var buckets = limits.map { tables[$0.scope].bucket(of: $0.key, $0.rate, at: now) }
            let denied = zip(limits, buckets).filter { $1.tokens(at: now) < 1 }
            guard denied.isEmpty else {
                return denied.map { Allowance($0.scope, $1, at: now, isDenied: true) }
                    .max { $0.secondsToRetry < $1.secondsToRetry }
            }
            for (index, limit) in limits.enumerated() {
                buckets[index].take(at: now)
                tables[limit.scope].set(buckets[index], of: limit.key, at: now)
            }
            return zip(limits, buckets).map { Allowance($0.scope, $1, at: now, isDenied: false) }
                .min { $0.remaining < $1.remaining }
        }
    }

    /// How many buckets there are.
    package var bucketCount: Int { tables.withLock { $0.user.count + $0.tenant.count + $0.tool.count } }
}
