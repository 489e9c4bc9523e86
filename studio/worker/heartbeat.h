// Tells the server on a thread of its own that the job is being worked on, so that no long frame
// can cost the lease, and hears what the server wants.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "studio/worker/client.h"
#include "studio/worker/make.h"

namespace studio {

class Heartbeat {
public:
    // `work` is cancelled when the server says so, and when `stop` is. All are borrowed.
    Heartbeat(const DeskClient& client, const Claim& job, base::CancelToken& work,
              const base::CancelToken* stop);
    ~Heartbeat();

    // A beat follows soon (never more than five a second), with the picture when there is one.
    void tell(const WorkProgress& progress);
    void tell_checkpoint(const std::string& json);
    Orders orders() const;

private:
    void run();
    bool beat_once(std::unique_lock<std::mutex>& lock);

    const DeskClient& client_;
    const Claim& job_;
    base::CancelToken& work_;
    const base::CancelToken* stop_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    Beat beat_;
    int told_percent_ = -1;
    std::string preview_;
    Orders orders_ = Orders::Go;
    bool end_ = false;
    std::thread thread_;
};

}  // namespace studio
