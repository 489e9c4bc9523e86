// How a FileBody is answered: conditions, ranges, headers, and which pieces of the file go out.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "apps/server/http/message.h"

namespace http {

// An open file and what of it to send, in order: for each piece `before`, then the bytes.
class FileAnswer {
public:
    struct Piece {
        std::string before;
        int64_t offset = 0, length = 0;
    };
    explicit FileAnswer(int file) : file_(file) {}  // owns it
    ~FileAnswer();
    FileAnswer(const FileAnswer&) = delete;
    FileAnswer& operator=(const FileAnswer&) = delete;
    int file() const { return file_; }
    std::vector<Piece> pieces;
    int64_t bytes() const;  // of all pieces

private:
    int file_;
};

// Opens response.body (a FileBody) and turns `response` into 200, 206, 304, 412 or 416 with the
// headers of that; its body is then empty, and nullptr returns where nothing of the file is sent.
// A file that cannot be opened: `missing` says why, response is untouched. Blocks on the disk.
std::unique_ptr<FileAnswer> answer_file(const RequestHead& request, Response& response,
                                        std::string& missing);

}  // namespace http
