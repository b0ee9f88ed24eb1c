pub fn fine(client: &Client) {
    client.execute("DELETE FROM fine");
}
