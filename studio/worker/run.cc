#include "studio/worker/run.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <thread>

#include "base/core/log.h"
#include "studio/worker/failure.h"
#include "studio/worker/heartbeat.h"
#include "studio/worker/make.h"
#include "studio/worker/work_folder.h"

namespace studio {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kFirstPause_s = 0.5, kLongestPause_s = 30;

void pause(double seconds, const base::CancelToken& stop) {
    const auto end = Clock::now() + std::chrono::duration<double>(seconds);
    while (Clock::now() < end && !stop.cancelled())
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
}

std::string name_of(const Claim& claim) {
    return "job " + std::to_string(claim.id) + ", attempt " + std::to_string(claim.attempt);
}

class OneJob {
public:
    OneJob(const WorkerOptions& options, const DeskClient& client, const Claim& claim,
           const base::CancelToken& stop)
        : options_(options), client_(client), claim_(claim), stop_(stop) {}

    void run(const WorkFolder& work) {
        base::Result<Fence> end = Fence::Lost;
        {
            Heartbeat heart(client_, claim_, token_, &stop_);
            auto done = make_and_upload(work, heart);
            if (heart.orders() == Orders::Lost) {
                base::log_info(name_of(claim_) + " belongs to somebody else now");
                return;
            }
            // The end is told while the heart still beats: a slow server costs no lease.
            if (done.ok()) end = *done ? client_.complete(claim_, shas_, result_) : Fence::Lost;
            else if (heart.orders() == Orders::Cancel) end = client_.cancelled(claim_);
            // A full disk is the machine's fault, not the job's: it costs none of its tries.
            else if (stop_.cancelled() || !work.has_room()) end = client_.release(claim_);
            else end = tell_failure(done.error());
        }
        if (!end.ok()) base::log_warning(name_of(claim_) + ": " + end.error().text());
        else if (*end == Fence::Lost) base::log_info(name_of(claim_) + " was lost");
    }

private:
    // False when the job is no longer ours.
    base::Result<bool> make_and_upload(const WorkFolder& work, Heartbeat& heart) {
        if (claim_.kind != "film")
            return reject("unsupported",
                          "this worker knows no jobs of kind \"" + claim_.kind + "\"");
        const FilmJob job = TRY(parse_job(claim_.payload));
        const JobFolder folder = TRY(JobFolder::create(
            work, "job-" + std::to_string(claim_.id) + "-" + std::to_string(claim_.attempt)));
        for (const ClaimedInput& input : claim_.inputs)
            TRY(client_.fetch(claim_, input, folder.path() + "/inputs/" + input.name, &token_));
        WorkOptions work_options;
        TRY(fetch_parts(folder, work_options));
        work_options.threads = options_.threads;
        work_options.cancel = &token_;
        work_options.sandbox = options_.sandbox;
        for (const ClaimedInput& input : claim_.inputs) {
            if (input.made_here) work_options.made_here.insert(input.name);
        }
        work_options.keep = [&](const Checkpoint& c) -> base::Status {
            if (TRY(client_.put_part(claim_, c.part, c.path, &token_)) == Fence::Ours)
                heart.tell_checkpoint(c.json);
            return {};
        };
        work_options.progress = [&](const WorkProgress& p) { heart.tell(p); };
        const Made made = TRY(make_job(job, folder.path(), work_options));
        for (const auto& [name, path] : made.outputs) {
            const auto sha = TRY(client_.put_output(claim_, name, path, &token_));
            if (!sha) return false;
            shas_[name] = *sha;
        }
        result_ = made.result;
        return true;
    }

    // A part that does not come is made again.
    base::Status fetch_parts(const JobFolder& folder, WorkOptions& options) {
        if (claim_.checkpoint.empty()) return {};
        for (const std::string& name : claim_.parts) {
            const auto got =
                client_.fetch_part(claim_, name, folder.path() + "/parts/" + name, &token_);
            TRY(token_.check());
            if (!got.ok()) base::log_info("part " + name + ": " + got.error().text());
        }
        options.checkpoint = claim_.checkpoint;
        return {};
    }

    base::Result<Fence> tell_failure(const base::Error& error) {
        const JobFailure failure = failure_of(error);
        base::log_warning(name_of(claim_) + " failed: " + failure.code + ": " + error.text());
        return client_.fail(claim_, failure.permanent, failure.code, failure.message);
    }

    const WorkerOptions& options_;
    const DeskClient& client_;
    const Claim& claim_;
    const base::CancelToken& stop_;
    base::CancelToken token_;
    std::map<std::string, std::string> shas_;
    base::Json result_;
};

}  // namespace

base::Status run_worker(const WorkerOptions& options, const base::CancelToken& stop) {
    const DeskClient client = TRY(DeskClient::create(options.client));
    const WorkFolder work = TRY(WorkFolder::create(options.work_dir));
    double pause_s = kFirstPause_s;
    while (!stop.cancelled()) {
        if (!work.has_room()) {
            base::log_warning("no work is taken: the disk is full (" + work.path() + ")");
            if (options.once) return base::failed("the disk is full", work.path());
            pause(pause_s, stop);
            pause_s = std::min(2 * pause_s, kLongestPause_s);
            continue;
        }
        const auto asked = Clock::now();
        const auto claim = client.claim(options.wait_s, &stop);
        if (!claim.ok()) {
            if (claim.error().kind == base::ErrorKind::Usage) return claim.error();
            if (stop.cancelled()) break;
            base::log_warning("no work: " + claim.error().text());
            if (options.once) return claim.error();
            pause(pause_s, stop);
            pause_s = std::min(2 * pause_s, kLongestPause_s);
            continue;
        }
        pause_s = kFirstPause_s;
        if (*claim) OneJob(options, client, **claim, stop).run(work);
        if (options.once) break;
        // A server that does not make us wait must not be asked a thousand times a second.
        if (!*claim && Clock::now() - asked < std::chrono::seconds(1)) pause(1, stop);
    }
    return {};
}

}  // namespace studio
