#include "studio/remote/form.h"

#include <algorithm>
#include <cstdio>

#include "base/core/check.h"
#include "base/core/random.h"

namespace studio {
namespace {

bool plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; });
}

}  // namespace

void Form::text(std::string_view name, std::string_view value) {
    CHECK(plain(name), "a field's name is plain");
    parts_.push_back({"Content-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n",
                      std::string(value)});
}

void Form::file(std::string_view name, std::string_view file_name, std::string_view type,
                std::string_view bytes) {
    CHECK(plain(name) && plain(file_name) && plain(type), "a file's names are plain");
    parts_.push_back({"Content-Disposition: form-data; name=\"" + std::string(name) +
                          "\"; filename=\"" + std::string(file_name) +
                          "\"\r\nContent-Type: " + std::string(type) + "\r\n",
                      std::string(bytes)});
}

std::string Form::boundary() const {
    uint64_t hash = 7;
    for (const Part& part : parts_)
        hash = base::hash_combine(hash, base::hash_text(part.head + part.bytes));
    for (;; hash = base::hash_u64(hash)) {
        char text[40];
        std::snprintf(text, sizeof text, "aozora-%016llx", static_cast<unsigned long long>(hash));
        const bool taken = std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) {
            return part.bytes.find(text) != std::string::npos;
        });
        if (!taken) return text;
    }
}

std::string Form::body() const {
    const std::string mark = "--" + boundary();
    std::string body;
    for (const Part& part : parts_)
        body += mark + "\r\n" + part.head + "\r\n" + part.bytes + "\r\n";
    return body + mark + "--\r\n";
}

std::string Form::content_type() const { return "multipart/form-data; boundary=" + boundary(); }

}  // namespace studio
