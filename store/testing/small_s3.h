// A bucket of a few lines for tests of faults: objects and uploads in parts as S3 keeps them. No
// signature is checked.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/net/sigv4.h"
#include "base/net/test_server.h"

namespace store::testing {

class SmallS3 {
public:
    SmallS3() : server_([this](const std::string& request) { return answer(request); }) {}

    std::string endpoint() const { return server_.url(""); }

    struct Asked {
        std::string method, key, query, body;
    };
    // Sees every request first; what it returns is the answer then. Runs on the server's thread.
    std::function<std::optional<std::string>(const Asked&)> fault;
    // By key without the bucket. Only to be touched while nobody asks, or by `fault`.
    std::map<std::string, std::string> objects;
    std::map<std::string, std::string> times;  // else a year long ago
    std::map<int, std::string> parts;          // of the one upload, "u&1"
    bool uploading = false;
    std::string begun = "2001-01-01T00:00:00.000Z";
    std::vector<Asked> asked;

    std::string do_it(const Asked& one, const std::string& copied_from) {
        using base::testing::TestServer;
        const auto has = [&](const char* name) {
            return one.query.find(name) != std::string::npos;
        };
        if (has("list-type=2")) return TestServer::answer(200, listed());
        if (one.method == "GET" && has("uploads")) return TestServer::answer(200, uploads());
        if (one.method == "POST" && has("uploads")) {
            uploading = true;
            parts.clear();
            return TestServer::answer(200,
                                      "<InitiateMultipartUploadResult><UploadId>u&amp;1</UploadId>"
                                      "</InitiateMultipartUploadResult>");
        }
        if (has("uploadId=") && (!uploading || !has("uploadId=u%261")))
            return TestServer::answer(404, "<Error><Code>NoSuchUpload</Code></Error>");
        if (one.method == "PUT" && has("partNumber=")) {
            const int number = std::atoi(one.query.c_str() + one.query.find("partNumber=") + 11);
            parts[number] = one.body;
            return TestServer::answer(200, "", "ETag: \"p" + std::to_string(number) + "\"\r\n");
        }
        if (one.method == "POST") {
            std::string whole;
            for (const auto& [number, bytes] : parts) {
                const std::string named = "<PartNumber>" + std::to_string(number) +
                                          "</PartNumber><ETag>\"p" + std::to_string(number) +
                                          "\"</ETag>";
                if (one.body.find(named) == std::string::npos)
                    return TestServer::answer(400, "<Error><Code>InvalidPart</Code></Error>");
                whole += bytes;
            }
            objects[one.key] = whole;
            uploading = false;
            return TestServer::answer(200, "<CompleteMultipartUploadResult/>");
        }
        if (one.method == "DELETE") {
            if (has("uploadId=")) uploading = false;
            else objects.erase(one.key);
            return TestServer::answer(204, "");
        }
        if (!copied_from.empty()) {
            if (!objects.count(copied_from)) return TestServer::answer(404, "");
            objects[one.key] = objects[copied_from];
            return TestServer::answer(200, "<CopyObjectResult/>");
        }
        if (one.method == "PUT") {
            objects[one.key] = one.body;
            return TestServer::answer(200, "");
        }
        if (!objects.count(one.key)) return TestServer::answer(404, "");
        return TestServer::answer(200, objects[one.key]);
    }

private:
    std::string listed() const {
        std::string out = "<ListBucketResult>";
        for (const auto& [key, bytes] : objects) {
            const auto time = times.find(key);
            out += "<Contents><Key>" + key + "</Key><LastModified>" +
                   (time == times.end() ? "2001-01-01T00:00:00.000Z" : time->second) +
                   "</LastModified><Size>" + std::to_string(bytes.size()) + "</Size></Contents>";
        }
        return out + "</ListBucketResult>";
    }
    std::string uploads() const {
        return "<ListMultipartUploadsResult>" +
               (uploading ? "<Upload><Key>p/blobs/x</Key><UploadId>u&amp;1</UploadId><Initiated>" +
                                begun + "</Initiated></Upload>"
                          : std::string()) +
               "</ListMultipartUploadsResult>";
    }
    std::string answer(const std::string& request) {
        const size_t gap = request.find(' ');
        const std::string target = request.substr(gap + 1, request.find(' ', gap + 1) - gap - 1);
        const size_t mark = target.find('?');
        std::string path = base::percent_decoded(target.substr(0, mark));
        const auto without_bucket = [](const std::string& full) {
            const size_t slash = full.find('/', 1);
            return slash == std::string::npos ? std::string() : full.substr(slash + 1);
        };
        Asked one{request.substr(0, gap), without_bucket(path),
                  mark == std::string::npos ? "" : target.substr(mark + 1),
                  base::testing::TestServer::body_of(request)};
        std::string from;
        const std::string header = "x-amz-copy-source: ";
        if (const size_t at = request.find(header); at != std::string::npos) {
            const size_t start = at + header.size();
            from = without_bucket(
                base::percent_decoded(request.substr(start, request.find("\r\n", start) - start)));
        }
        asked.push_back(one);
        if (fault) {
            if (auto refused = fault(one)) return *refused;
        }
        return do_it(one, from);
    }

    base::testing::TestServer server_;
};

}  // namespace store::testing
