#include "apps/server/http/file_answer.h"

#include <fcntl.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "apps/server/http/conditional.h"
#include "apps/server/http/http_date.h"
#include "apps/server/http/range.h"
#include "apps/server/http/request_id.h"

namespace http {
namespace {

std::string take_content_type(Headers& headers) {
    for (auto at = headers.begin(); at != headers.end(); ++at) {
        if (strcasecmp(at->name.c_str(), "Content-Type") != 0) continue;
        std::string value = std::move(at->value);
        headers.erase(at);
        return value;
    }
    return "application/octet-stream";
}

// RFC 9110 section 14.6.
std::vector<FileAnswer::Piece> byteranges(const std::vector<ByteRange>& ranges, int64_t size,
                                          Response& response) {
    const std::string type = take_content_type(response.headers);
    const std::string boundary = random_hex();
    response.with("Content-Type", "multipart/byteranges; boundary=" + boundary);
    std::vector<FileAnswer::Piece> pieces;
    std::string line_end;
    for (const ByteRange& range : ranges) {
        pieces.push_back({line_end + "--" + boundary + "\r\nContent-Type: " + type +
                              "\r\nContent-Range: " + content_range(range, size) + "\r\n\r\n",
                          range.first, range.length});
        line_end = "\r\n";
    }
    pieces.push_back({"\r\n--" + boundary + "--\r\n", 0, 0});
    return pieces;
}

}  // namespace

FileAnswer::~FileAnswer() {
    if (file_ >= 0) ::close(file_);
}

int64_t FileAnswer::bytes() const {
    int64_t sum = 0;
    for (const Piece& piece : pieces) {
        sum += static_cast<int64_t>(piece.before.size()) + piece.length;
    }
    return sum;
}

std::unique_ptr<FileAnswer> answer_file(const RequestHead& request, Response& response,
                                        std::string& missing) {
    const FileBody body = std::get<FileBody>(response.body);
    const int file = ::open(body.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat info {};
    if (file < 0) {
        missing = body.path + ": " + std::strerror(errno);
        return nullptr;
    }
    auto answer = std::make_unique<FileAnswer>(file);
    if (::fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
        missing = body.path + ": not a file";
        return nullptr;
    }
    if (body.delete_after) ::unlink(body.path.c_str());

    const int64_t size = info.st_size;
    const Validators validators{body.etag.empty() ? "" : "\"" + body.etag + "\"",
                                static_cast<int64_t>(info.st_mtime)};
    response.body = std::string();
    response.with("Last-Modified", format_http_date(info.st_mtime));
    if (!validators.etag.empty()) response.with("ETag", validators.etag);
    answer->pieces = {{"", 0, size}};
    if (response.status != 200) return answer;  // an error's page: no conditions, no ranges
    response.with("Accept-Ranges", "bytes");
    switch (evaluate_conditions(request, validators)) {
        case Verdict::NotModified: response.status = 304; return nullptr;
        case Verdict::PreconditionFailed:
            take_content_type(response.headers);
            response.status = 412;
            return nullptr;
        case Verdict::Proceed: break;
    }
    const std::string* range = request.method == "GET" ? request.header("Range") : nullptr;
    if (range && range_allowed(request, validators)) {
        const RangeChoice choice = choose_ranges(*range, size);
        if (choice.kind == RangeChoice::Unsatisfiable) {
            take_content_type(response.headers);
            response.status = 416;
            response.with("Content-Range", "bytes */" + std::to_string(size));
            return nullptr;
        }
        if (choice.kind == RangeChoice::Part) {
            response.status = 206;
            if (choice.ranges.size() == 1) {
                answer->pieces = {{"", choice.ranges[0].first, choice.ranges[0].length}};
                response.with("Content-Range", content_range(choice.ranges[0], size));
            } else {
                answer->pieces = byteranges(choice.ranges, size, response);
            }
        }
    }
    return answer;
}

}  // namespace http
