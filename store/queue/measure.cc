#include "store/queue/measure.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>

#include "store/queue/queue.h"
#include "store/sql/migrate.h"

namespace store {
namespace {

using base::failed;
using base::Status;
using Clock = std::chrono::steady_clock;

double since(Clock::time_point began) {
    return std::chrono::duration<double>(Clock::now() - began).count();
}

base::Result<double> fsync_rate(const std::string& path, double seconds) {
    const int file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) return failed("cannot write", path);
    const std::string page(4096, 'x');
    const auto began = Clock::now();
    int count = 0;
    bool ok = true;
    while (ok && since(began) < seconds) {
        ok = ::write(file, page.data(), page.size()) == static_cast<ssize_t>(page.size()) &&
             ::fdatasync(file) == 0;
        ++count;
    }
    const double rate = count / since(began);
    ::close(file);
    ::unlink(path.c_str());
    if (!ok) return failed("cannot write", path);
    return rate;
}

base::Result<double> cycle_rate(Db& db, Queue& queue, int threads, double seconds) {
    TRY(db.transaction([&](Tx& tx) -> Status {
        TRY(tx.execute("DELETE FROM jobs"));
        for (int i = 0; i < 1'000 + static_cast<int>(seconds * 5'000); ++i) {
            TRY(queue.add(tx, {"bench", i % 4, 0, "{}"}));
        }
        return {};
    }));
    std::atomic<int> cycles{0}, failures{0};
    std::vector<std::thread> workers;
    const auto began = Clock::now();
    for (int t = 0; t < threads; ++t) {
        workers.emplace_back([&, t] {
            while (since(began) < seconds) {
                const auto lease = queue.claim("bench/" + std::to_string(t), {});
                if (!lease.ok() || !lease->has_value()) {
                    ++failures;
                    return;
                }
                const Status done = db.transaction([&](Tx& tx) -> Status {
                    TRY(queue.finish(tx, (*lease)->id, (*lease)->attempt, JobState::Completed,
                                     "{}"));
                    return {};
                });
                ++(done.ok() ? cycles : failures);
            }
        });
    }
    for (auto& worker : workers) worker.join();
    if (failures > 0) return failed("the queue failed or ran empty while it was measured");
    return cycles / since(began);
}

}  // namespace

base::Result<QueueRates> measure_queue(const std::string& folder, int threads, double seconds) {
    const std::string path = folder + "/queue-bench-" + std::to_string(::getpid());
    QueueRates rates;
    rates.fsyncs_per_s = TRY(fsync_rate(path + ".fsync", seconds));
    struct Remove {
        const std::string& path;
        ~Remove() {
            for (const char* end : {".db", ".db-wal", ".db-shm"}) ::unlink((path + end).c_str());
        }
    } remove{path};
    const auto db = TRY(Db::open(path + ".db"));
    TRY(migrate(*db));
    Queue queue(*db);
    rates.cycles_per_s = TRY(cycle_rate(*db, queue, 1, seconds));
    rates.cycles_many_per_s = TRY(cycle_rate(*db, queue, threads, seconds));
    return rates;
}

}  // namespace store
