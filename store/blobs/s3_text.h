// What S3 writes: lists as XML, times in two forms. Foreign text; nothing is trusted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"

namespace store {

struct S3Object {
    std::string key;
    int64_t bytes = 0;
    int64_t modified_ms = 0;
};

struct S3List {
    std::vector<S3Object> objects;
    std::string next;  // continuation token; empty = that was all
};

// An upload in parts that is under way.
struct S3Upload {
    std::string key, id;
    int64_t begun_ms = 0;
};

struct S3Uploads {
    std::vector<S3Upload> uploads;
    std::string next_key, next_id;  // where the list goes on; empty = that was all
};

// The answer to ListObjectsV2.
base::Result<S3List> parse_s3_list(std::string_view xml);
// The answer to ListMultipartUploads.
base::Result<S3Uploads> parse_s3_uploads(std::string_view xml);
// The text of the first <name>; "" when there is none.
std::string s3_value(std::string_view xml, std::string_view name);
// "AccessDenied: Access Denied" of an error document; "" when there is none.
std::string s3_complaint(std::string_view xml);
// "2009-10-12T17:50:30.000Z" or "Mon, 12 Oct 2009 17:50:30 GMT", in ms since 1970.
std::optional<int64_t> parse_s3_time(const std::string& text);

}  // namespace store
