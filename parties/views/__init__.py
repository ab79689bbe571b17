"""What answers a URL about who somebody is here?"""
