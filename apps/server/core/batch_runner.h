// Works off batches: reads their files, queues their videos a few at a time, writes their answers.
// One step at a time and every step in a transaction, so a killed server goes on where it was.
#pragma once

#include "apps/server/archive/batches.h"
#include "apps/server/core/app.h"

namespace server {

class BatchRunner {
public:
    explicit BatchRunner(App& app) : app_(app) {}
    // Moves every open batch on by what can be done now. Called by one thread.
    void step();

private:
    base::Status step_one(const BatchRow& batch);
    base::Status validate(const BatchRow& batch);
    base::Status feed(const BatchRow& batch);
    base::Status stop_lines(const BatchRow& batch, const char* code, const char* message);
    base::Status finish(const BatchRow& batch, const std::string& end);
    App& app_;
};

}  // namespace server
