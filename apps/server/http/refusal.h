// Why a request is answered by the server itself: an HTTP status of 400 and above and a sentence
// for the client that says what to change.
#pragma once

#include <string>

namespace http {

struct Refusal {
    int status = 400;
    std::string message;
};

}  // namespace http
