// How a job's end becomes the end of what people see: the video or character, its webhooks.
#pragma once

#include "apps/server/archive/videos.h"
#include "apps/server/core/app.h"

namespace server {

// Inside the transaction of queue.finish() or fail(). A job whose video was deleted ends silently.
base::Status end_completed(App& app, store::Tx& tx, int64_t seq, const Made& made,
                           const std::string& traits);
base::Status end_failed(App& app, store::Tx& tx, int64_t seq, const store::JobError& error);

}  // namespace server
