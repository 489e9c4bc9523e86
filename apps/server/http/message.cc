#include "apps/server/http/message.h"

#include <strings.h>
#include <unistd.h>

#include "base/core/check.h"

namespace http {

const std::string* find_header(const Headers& headers, std::string_view name) {
    for (const Header& header : headers) {
        if (header.name.size() == name.size() &&
            strncasecmp(header.name.data(), name.data(), name.size()) == 0) {
            return &header.value;
        }
    }
    return nullptr;
}

const std::string* Query::get(std::string_view name) const {
    for (const auto& [key, value] : pairs) {
        if (key == name) return &value;
    }
    return nullptr;
}

std::string_view RequestHead::param(std::string_view name) const {
    for (const auto& [key, value] : params) {
        if (key == name) return value;
    }
    CHECK(false, "no such part in the route: " + std::string(name));
    return {};
}

UploadedFile::UploadedFile(std::string path, int64_t bytes, std::string sha256)
    : path_(std::move(path)), sha256_(std::move(sha256)), bytes_(bytes) {}

UploadedFile::~UploadedFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
}

UploadedFile::UploadedFile(UploadedFile&& other) noexcept
    : path_(std::exchange(other.path_, {})),
      sha256_(std::move(other.sha256_)),
      bytes_(other.bytes_) {}

UploadedFile& UploadedFile::operator=(UploadedFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(sha256_, other.sha256_);
    std::swap(bytes_, other.bytes_);
    return *this;
}

std::string UploadedFile::take() { return std::exchange(path_, {}); }

Response text(int status, std::string body, std::string content_type) {
    Response response;
    response.status = status;
    response.headers.push_back({"Content-Type", std::move(content_type)});
    response.body = std::move(body);
    return response;
}

Response json_text(int status, std::string body) {
    return text(status, std::move(body), "application/json");
}

Response redirect(int status, std::string location) {
    Response response;
    response.status = status;
    response.headers.push_back({"Location", std::move(location)});
    return response;
}

}  // namespace http
