// What the files of DeskClient share: addresses of calls, answers, patience.
#pragma once

#include <string>

#include "studio/worker/client.h"

namespace studio {

inline constexpr double kFirstWait_s = 0.25, kLongestWait_s = 8;  // between two tries
inline constexpr double kShort_s = 20, kTransfer_s = 3600;        // of one call, with files

std::string job_path(const Claim& job, const std::string& what);
std::string file_path(const Claim& job, const std::string& kind, const std::string& name);
// Names come from the server and become files: no folders, nothing hidden.
bool is_plain_name(const std::string& name);
// What the server says is wrong: OpenAI's envelope.
base::Error refusal(const base::HttpResponse& answer);
base::Result<base::Json> json_of(const base::HttpResponse& answer);  // an object
bool worth_repeating(int status);
void wait(double seconds, const base::CancelToken* cancel);

}  // namespace studio
