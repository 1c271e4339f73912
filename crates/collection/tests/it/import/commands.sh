# how to call us
$ curl -sSL -X PUT 'https://api.example.com/v1/users/7?verbose=true' \
  -H 'Content-Type: application/json' \
  -H "Authorization: Bearer {{token}}" --compressed \
  --data-raw $'{"name":"O\'Neill\u00e9"}'
curl https://api.example.com/login -u mia:s3cret -d user=mia -d 'note=a%20b+c' -o out.json
curl -G https://api.example.com/search --data-urlencode "q=tea & milk" -d limit=5
curl -F "photo=@cat.png;type=image/png" -F caption=Cat -k https://api.example.com/photos && curl -I example.com
curl --json '{"a":1}' https://api.example.com/json; curl --data-binary @body.bin -XPATCH https://api.example.com/bin
curl -H "Authorization: Basic bWlhOnNlY3JldA==" -H 'X-Empty;' -H 'Accept:' -b 'a=1; b=2' -A Me/1 https://api.example.com/headers?x=1&y=2
