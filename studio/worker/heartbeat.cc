#include "studio/worker/heartbeat.h"

#include <chrono>

#include "base/core/log.h"

namespace studio {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kShortestGap = std::chrono::milliseconds(200);
constexpr auto kGapAfterFailure = std::chrono::seconds(1);
constexpr auto kLook = std::chrono::milliseconds(50);  // how soon a stop is seen

}  // namespace

Heartbeat::Heartbeat(const DeskClient& client, const Claim& job, base::CancelToken& work,
                     const base::CancelToken* stop)
    : client_(client), job_(job), work_(work), stop_(stop) {
    beat_.stage = "starting";
    thread_ = std::thread([this] { run(); });
}

Heartbeat::~Heartbeat() {
    {
        const std::lock_guard lock(mutex_);
        end_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Heartbeat::tell(const WorkProgress& progress) {
    const std::lock_guard lock(mutex_);
    beat_.progress = progress.percent;
    beat_.stage = progress.stage;
    beat_.frame = progress.frame;
    beat_.frames = progress.frames;
    if (!progress.preview_jpeg.empty()) preview_ = progress.preview_jpeg;
}

void Heartbeat::tell_checkpoint(const std::string& json) {
    const std::lock_guard lock(mutex_);
    beat_.checkpoint = json;
}

Orders Heartbeat::orders() const {
    const std::lock_guard lock(mutex_);
    return orders_;
}

// False when nobody answered.
bool Heartbeat::beat_once(std::unique_lock<std::mutex>& lock) {
    const Beat beat = beat_;
    beat_.checkpoint.reset();
    const std::string preview = std::move(preview_);
    preview_.clear();
    lock.unlock();
    const auto heard = client_.heartbeat(job_, beat);
    if (!preview.empty() && heard.ok() && *heard == Orders::Go)
        (void)client_.put_preview(job_, preview).ok();  // a preview that is lost is no loss
    lock.lock();
    if (!heard.ok()) {
        base::log_info("heartbeat: " + heard.error().text());
        if (beat.checkpoint && !beat_.checkpoint) beat_.checkpoint = beat.checkpoint;
        return false;
    }
    told_percent_ = beat.progress;
    if (*heard != Orders::Go) {
        orders_ = *heard;
        work_.cancel();
    }
    return true;
}

void Heartbeat::run() {
    const auto usual = std::chrono::duration_cast<Clock::duration>(
        std::chrono::duration<double>(job_.heartbeat_s));
    std::unique_lock lock(mutex_);
    auto last = Clock::now() - usual;
    bool answered = true;
    while (!end_) {
        if (stop_ != nullptr && stop_->cancelled()) work_.cancel();
        const auto since = Clock::now() - last;
        const bool news = beat_.progress != told_percent_ || beat_.checkpoint || !preview_.empty();
        const auto gap = answered ? kShortestGap : kGapAfterFailure;
        // After "cancel" the lease is kept until the work has stopped.
        const bool due = since >= usual || (news && since >= gap && orders_ == Orders::Go);
        if (due && orders_ != Orders::Lost) {
            last = Clock::now();
            answered = beat_once(lock);
            continue;
        }
        wake_.wait_for(lock, kLook);
    }
}

}  // namespace studio
