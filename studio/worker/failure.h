// Why a job could not be done, as the server wants to hear it (docs/formats/job.md).
#pragma once

#include <string>

#include "base/core/result.h"

namespace studio {

struct JobFailure {
    bool permanent = false;  // the same job would fail again
    std::string code, message;
};

// An Error that says "permanent" and carries one of the codes of docs/formats/job.md.
base::Error reject(const std::string& code, std::string message);

// Errors of reject() keep their code. Others by their kind: Usage is the words' fault
// ("invalid_prompt"), NotBuilt is "unsupported", and whatever else went wrong (a full disk, say)
// may go better another time ("generation_failed", retryable).
JobFailure failure_of(const base::Error& error);

}  // namespace studio
